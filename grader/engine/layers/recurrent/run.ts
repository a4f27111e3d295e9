import type { StoredActivation } from '../../../recipe/activations.ts';
import type { Tensor } from '../../tensorflow/tf.ts';
import type { Given } from '../definition.ts';

/** How a recurrence reads a sequence, and what of it is given. */
export interface ReadingOptions {
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  /** Gives zeros for masked steps instead of what came before them. */
  readonly zeroOutputForMask: boolean;
  /** Whether masked steps are skipped in calls with initial states too, as in Keras 2. */
  readonly maskFromState: boolean | undefined;
}

/** What recurrent layers have in common. */
export interface RecurrentOptions extends ReadingOptions {
  readonly units: number;
  readonly activation: StoredActivation;
  readonly useBias: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  /** Keras's variant 1 drops the inputs of each gate by themselves. */
  readonly implementation?: number;
}

/** [features, gates x units], [units, gates x units] and [gates x units], or [2, gates x units]. */
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
