import type { LayerConfig, ProblemDefinition, Shape } from '../../contract.ts';

/** What a rule looks at before anything is trained: a recipe and its problem. */
export interface RecipeFacts {
  readonly problem: ProblemDefinition;
  /** Keras's class name. */
  readonly loss: string;
  readonly fromLogits: boolean;
  readonly outputShape: Shape;
  /** Size of the output's last axis. */
  readonly outputs: number;
  /** Keras's name of what the outputs have gone through last; null where it is none of those. */
  readonly activation: string | null;
  /** The layers in a row that lead to the output, the output's own last. */
  readonly row: readonly LayerConfig[];
}
