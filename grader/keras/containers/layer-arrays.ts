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
  const own = arrays.filter(({ name }) => isWithin(name, names.at(-1) ?? ''));
  const scopes = names.slice(0, -1);
  const precise = own.filter(({ name }) => scopes.every((scope) => isWithin(name, scope)));
  return precise.length > 0 ? precise : own;
}

/** Whether a layer's name, which may hold slashes itself, stands before the variable's own. */
function isWithin(path: string, layer: string): boolean {
  const around = path.slice(0, path.lastIndexOf('/') + 1);
  return `/${around}`.includes(`/${layer}/`);
}
