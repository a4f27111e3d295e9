import { countValues } from '../../../array-file.ts';
import type { NdArray } from '../../../contract.ts';
import type { Binding } from '../../tensorflow/native.ts';
import type { Tensor } from '../../tensorflow/tf.ts';
import { variableOf, variablesOf, type Model } from '../../model/model.ts';
import { applyModel } from '../../model/apply-model.ts';
import type { RowReader } from '../../rows/batches.ts';
import { feeds } from '../graph/batch-loop.ts';
import { initializeNode, initialName } from '../graph/state.ts';
import { idsOf } from '../../tensorflow/node-backend.ts';
import { optimize } from '../passes/index.ts';
import { predictGraph, predictNames } from './predict-graph.ts';
import { namesOf, type Program } from '../program/program.ts';
import { intFeed, Session } from '../session/session.ts';
import { trace } from '../trace/trace.ts';
import { present } from '../present.ts';

export interface PredictorSettings {
  readonly model: Model;
  /** One for each input of the model. */
  readonly inputs: readonly RowReader[];
  /** What becomes of the model's outputs: probabilities from logits, or nothing. */
  readonly finish: (outputs: readonly Tensor[]) => readonly Tensor[];
  /** Batch sizes that will be asked for. */
  readonly batches: readonly number[];
  /** Batches that may be under way at once. */
  readonly parallel: number;
}

/** What a model predicts at one output for some rows. */
export interface Predicted {
  readonly values: Float32Array;
  /** Of one row. */
  readonly shape: readonly number[];
}

/** A model in inference mode as one TensorFlow graph, with the weights that it has now. */
export class Predictor {
  private readonly session: Session;
  private readonly stored: readonly Pick<NdArray, 'dtype' | 'shape'>[];
  private readonly outputs: number;

  /** Throws `CompileRefusal` with the reason where the model cannot be one graph. */
  constructor(binding: Binding, settings: PredictorSettings) {
    const programs = new Map(settings.batches.map((batch) => [batch, program(settings, batch)]));
    this.stored = settings.inputs.map(({ array: { dtype, shape } }) => ({ dtype, shape }));
    this.outputs = settings.model.outputs.length;
    const stored = this.stored.map(({ dtype }) => dtype);
    const { parallel } = settings;
    this.session = new Session(binding, predictGraph(programs, { stored, parallel }));
    const given = idsOf(variablesOf(settings.model)).map((id, index) => ({
      name: initialName(predictNames.weight(index)),
      id,
    }));
    this.session.delete(this.session.run(given, [initializeNode]));
  }

  /**
   * Predictions at each output for stored rows of each input that make up whole batches of one size.
   */
  predict(stored: readonly NdArray['data'][], batch: number): readonly Predicted[] {
    const inputs = this.stored.map(({ dtype, shape: [, ...row] }, index) => {
      const data = stored[index] as NdArray['data'];
      const shape = [data.length / countValues(row), ...row];
      return { name: predictNames.input(index), dtype, shape, data };
    });
    const rows = inputs[0]?.shape[0] ?? 0;
    const names = Array.from({ length: this.outputs }, (_, index) =>
      predictNames.output(batch, index),
    );
    const given = [intFeed(feeds.steps, rows / batch), ...inputs];
    return this.session.values(given, names).map(({ data, shape }) => ({
      ...{ values: data as Float32Array, shape: shape.slice(2) },
    }));
  }

  dispose(): void {
    this.session.dispose();
  }
}

function program({ model, inputs, finish }: PredictorSettings, batch: number): Program {
  const variables = model.weights.map((weight) => ({
    name: weight.name,
    variable: variableOf(model, weight),
  }));
  const names = namesOf('inputs', inputs);
  const traced = trace({
    inputs: inputs.map(({ array, dtype }, index) => ({
      ...{
        name: present(names[index], `name of input ${index}`),
        shape: [batch, ...array.shape.slice(1)],
        dtype,
      },
    })),
    variables,
    body: (stored) => {
      const formed = inputs.map((reader, index) => reader.form(stored[index] as Tensor));
      const outputs = finish(applyModel(model, formed, { training: false }));
      const ends = namesOf('outputs', outputs);
      return Object.fromEntries(
        outputs.map((output, index) => [present(ends[index], `name of output ${index}`), output]),
      );
    },
  });
  return optimize(traced);
}
