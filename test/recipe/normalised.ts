import type { Recipe } from '../../grader/contract.ts';
import { GraderError } from '../../grader/errors.ts';
import { normaliseRecipe } from '../../grader/recipe/normalise.ts';

/** A small valid recipe as JSON, with parts replaced. */
export function document(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    model: stack({ class_name: 'Dense', config: { units: 1, input_shape: [9] } }),
    compile: { optimizer: 'adam', loss: 'mse' },
    fit: { epochs: 3 },
    ...changes,
  };
}

export function stack(...layers: readonly unknown[]): object {
  return { class_name: 'Sequential', config: { layers } };
}

export function normalised(given: unknown): Recipe {
  return normaliseRecipe(given).recipe;
}

/** The failure that a document is refused with. */
export function refusal(given: unknown): GraderError['failure'] {
  try {
    normaliseRecipe(given);
  } catch (error) {
    if (error instanceof GraderError) return error.failure;
    throw error;
  }
  throw new Error('The document was accepted.');
}
