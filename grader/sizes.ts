import { GraderError } from './errors.ts';

/** Exactly; 1 for none. Throws with fault `limit` where a product is above 2^53 - 1. */
export function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => exact(product * size, sizes, ' x '), 1);
}

/** Exactly; 0 for none. Throws with fault `limit` where a sum is above 2^53 - 1. */
export function sumOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => exact(sum + size, sizes, ' + '), 0);
}

/** Shown in a message. */
const mostShown = 8;

function exact(result: number, sizes: readonly number[], sign: string): number {
  if (Number.isSafeInteger(result)) return result;
  const shown = sizes.slice(0, mostShown).join(sign) + (sizes.length > mostShown ? ' …' : '');
  throw new GraderError({
    fault: 'limit',
    code: 'too-large-to-count',
    message: `${shown} is more than can be counted exactly (${Number.MAX_SAFE_INTEGER}).`,
    help: 'Take smaller sizes, or fewer of them.',
  });
}
