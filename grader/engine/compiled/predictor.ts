import { countValues } from '../../array-file.ts';
import type { NdArray } from '../../contract.ts';
import type { Binding } from '../native.ts';
import type { LayersModel, Tensor } from '../tf.ts';
import type { RowReader } from '../train/batches.ts';
import { feeds } from './graph/batch-loop.ts';
import { initializeNode, initialName } from './graph/state.ts';
import { idsOf, variablesOf } from './native-tensors.ts';
import { optimize } from './passes/index.ts';
import { predictGraph, predictNames } from './predict-graph.ts';
import type { Program } from './program.ts';
import { intFeed, Session } from './session.ts';
import { trace } from './trace.ts';

export interface PredictorSettings {
  readonly model: LayersModel;
  readonly reader: RowReader;
  /** What becomes of the model's outputs: probabilities from logits, or nothing. */
  readonly finish: (outputs: Tensor) => Tensor;
  /** Batch sizes that will be asked for. */
  readonly batches: readonly number[];
  /** Batches that may be under way at once. */
  readonly parallel: number;
}

/** A model in inference mode as one TensorFlow graph, with the weights that it has now. */
export class Predictor {
  private readonly session: Session;
  private readonly stored: Pick<NdArray, 'dtype' | 'shape'>;

  /** Throws `CompileRefusal` with the reason where the model cannot be one graph. */
  constructor(binding: Binding, settings: PredictorSettings) {
    const programs = new Map(settings.batches.map((batch) => [batch, program(settings, batch)]));
    const { dtype, shape } = settings.reader.array;
    this.stored = { dtype, shape };
    this.session = new Session(
      binding,
      predictGraph(programs, { stored: dtype, parallel: settings.parallel }),
    );
    const given = idsOf(variablesOf(settings.model)).map((id, index) => ({
      name: initialName(predictNames.weight(index)),
      id,
    }));
    this.session.delete(this.session.run(given, [initializeNode]));
  }

  /** Predictions of stored rows that make up whole batches of one size: values, the shape of one. */
  predict(
    stored: NdArray['data'],
    batch: number,
  ): { values: Float32Array; shape: readonly number[] } {
    const row = this.stored.shape.slice(1);
    const rows = stored.length / countValues(row);
    const given = [
      intFeed(feeds.steps, rows / batch),
      {
        ...{ name: predictNames.inputs, dtype: this.stored.dtype },
        ...{ shape: [rows, ...row], data: stored },
      },
    ];
    const result = this.session.values(given, predictNames.outputs(batch));
    return { values: result.data as Float32Array, shape: result.shape.slice(2) };
  }

  dispose(): void {
    this.session.dispose();
  }
}

function program({ model, reader, finish }: PredictorSettings, batch: number): Program {
  const shape = [batch, ...reader.array.shape.slice(1)];
  const variables = variablesOf(model).map((variable) => ({ name: variable.name, variable }));
  const traced = trace({
    inputs: [{ name: 'inputs', shape, dtype: reader.dtype }],
    variables,
    body: ([stored]) => {
      const inputs = reader.form(stored as Tensor);
      return { outputs: finish(model.apply(inputs, { training: false }) as Tensor) };
    },
  });
  return optimize(traced);
}
