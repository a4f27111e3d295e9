import type { LayerConfig, ProblemDefinition, Task } from '../../contract.ts';

/** What a hint looks at: a recipe and its problem, before anything is trained. */
export interface RecipeFacts {
  readonly problem: ProblemDefinition;
  /** Keras's class name. */
  readonly loss: string;
  readonly fromLogits: boolean;
  /** Size of the output's last axis. */
  readonly outputs: number;
  /** Keras's name of what the outputs have gone through last; null where it is none of those. */
  readonly activation: string | null;
  /** The layers in a row that lead to the output, the output's own last. */
  readonly row: readonly LayerConfig[];
}

/** Something in a recipe that keeps it from learning, or means something else than was meant. */
export interface RecipeHint {
  readonly id: string;
  readonly appliesTo: readonly Task[];
  /** What is wrong and what to do, in whole sentences; null where nothing is. */
  check(facts: RecipeFacts): string | null;
}
