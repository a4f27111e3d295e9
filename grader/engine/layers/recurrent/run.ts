import type { StoredActivation } from '../../../recipe/activations.ts';
import type { Tensor } from '../../tensorflow/tf.ts';
import type { Given } from '../definition.ts';

/** What recurrent layers have in common. */
export interface RecurrentOptions {
  readonly units: number;
  readonly activation: StoredActivation;
  readonly useBias: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  /** Keras's variant 1 drops the inputs of each gate by themselves. */
  readonly implementation?: number;
  readonly returnSequences: boolean;
  readonly goBackwards: boolean;
  /** Gives zeros for masked steps instead of what came before them. */
  readonly zeroOutputForMask: boolean;
}

interface RecurrentWeights {
  readonly kernel: Tensor;
  readonly recurrentKernel: Tensor;
  readonly bias: Tensor | null;
}

/** A recurrent layer as it is called. */
export interface Run<Options extends RecurrentOptions = RecurrentOptions> {
  readonly options: Options;
  readonly weights: RecurrentWeights;
  readonly given: Given;
}
