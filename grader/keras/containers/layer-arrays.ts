import type { LayerPath } from '../container.ts';

/**
 * Of arrays with paths like `outer/dense/kernel:0` those of a layer: its name is a segment, and where
 * the models around it are segments as well, only those in all of them.
 */
export function arraysOfLayer<Named extends { readonly name: string }>(
  arrays: readonly Named[],
  path: LayerPath,
): readonly Named[] {
  const names = path.map(({ name }) => name);
  const own = arrays.filter(({ name }) => segments(name).includes(names.at(-1) ?? ''));
  const scopes = names.slice(0, -1);
  const precise = own.filter(({ name }) => scopes.every((scope) => segments(name).includes(scope)));
  return precise.length > 0 ? precise : own;
}

/** Without the variable's own name at the end. */
function segments(name: string): readonly string[] {
  return name.split('/').slice(0, -1);
}
