import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeArray } from '../../array-file.ts';
import type { ArrayFile, EvaluateJob, NdArray, TrainProgress } from '../../contract.ts';
import type { Model } from '../model/model.ts';
import { inputReader, type RowReader } from '../rows/batches.ts';
import { isStreamed, openRows, type StoredRows } from '../rows/stored-rows.ts';
import type { NativeTensorFlow } from '../tensorflow/native.ts';
import { Throttle } from '../../throttle.ts';
import { predict, type PredictionLimit } from './predict.ts';

/** A model that predicts one set of inputs after the other, within one time. */
export class HandedInModel {
  readonly model: Model;
  private readonly native: NativeTensorFlow;
  private readonly job: EvaluateJob;
  private readonly onProgress: (progress: TrainProgress) => void;
  private readonly throttle = new Throttle(100);
  private readonly limit: PredictionLimit;

  constructor(
    on: {
      readonly native: NativeTensorFlow;
      readonly model: Model;
      readonly limit: PredictionLimit;
    },
    job: EvaluateJob,
    onProgress: (progress: TrainProgress) => void,
  ) {
    this.model = on.model;
    this.native = on.native;
    this.job = job;
    this.onProgress = onProgress;
    this.limit = on.limit;
  }

  /** Milliseconds until the time is over. */
  remaining(): number {
    return this.limit.deadline - performance.now();
  }

  async predictHeldOut(): Promise<ArrayFile> {
    const { data, directory } = this.job;
    const predictions = await this.withReader(data.heldOut.inputs, (reader) =>
      this.predict(reader),
    );
    await mkdir(directory, { recursive: true });
    return writeArray(join(directory, 'predictions.f32'), predictions);
  }

  /** The model's outputs for a few rows in memory, in the form of the stored inputs. */
  predictRows(rows: NdArray): Promise<NdArray> {
    return this.predict(this.readerOf(rows));
  }

  /** Opens inputs as this model takes them; they are closed when the work is done. */
  async withReader<Result>(
    inputs: ArrayFile,
    work: (reader: RowReader) => Promise<Result>,
  ): Promise<Result> {
    const stored = await openRows(inputs);
    try {
      return await work(this.readerOf(stored));
    } finally {
      if (isStreamed(stored)) await stored.close();
    }
  }

  private readerOf(stored: StoredRows): RowReader {
    return inputReader(stored, {
      decoding: this.job.data.decoding,
      modelShape: (this.model.inputs[0]?.shape ?? []).slice(1),
      dtype: this.job.problem.input.dtype,
      vocabulary: this.job.vocabulary,
    });
  }

  /** The model's outputs for every row of a reader. */
  async predict(reader: RowReader): Promise<NdArray> {
    const { plan, areLogits } = this.job;
    const [predictions] = await predict({
      native: this.native,
      model: this.model,
      inputs: [reader],
      parallel: plan.interOp,
      areLogits: [areLogits],
      batch: plan.batch,
      limit: this.limit,
      onProgress: (done) => {
        if (this.throttle.isDue())
          this.onProgress({ type: 'predicting', done, total: reader.rows });
      },
    });
    if (!predictions) throw new Error('the model has no output');
    return predictions;
  }
}
