import type { LayerPath } from '../container.ts';

/**
 * Of arrays with paths like `outer/dense/kernel:0` those of a layer: its name stands behind as many of
 * the models around it as the file names there, else anywhere before the variable's own name.
 */
export function arraysOfLayer<Named extends { readonly name: string }>(
  arrays: readonly Named[],
  path: LayerPath,
): readonly Named[] {
  const names = path.map(({ name }) => name);
  const layer = names.at(-1) ?? '';
  for (const scope of scopesOf(names.slice(0, -1))) {
    const own = arrays.filter(({ name }) => name.startsWith(`${scope}${layer}/`));
    if (own.length > 0) return own;
  }
  return arrays.filter(({ name }) => isWithin(name, layer));
}

/** `a/b/`, `b/`, `a/` and none at all: some versions of Keras write all, some the last, some none. */
function scopesOf(models: readonly string[]): readonly string[] {
  const [all, last, first] = [models, models.slice(-1), models.slice(0, 1)].map((some) =>
    some.map((name) => `${name}/`).join(''),
  );
  return [all ?? '', last ?? '', first ?? '', ''];
}

/** Whether a layer's name, which may hold slashes itself, stands before the variable's own. */
function isWithin(path: string, layer: string): boolean {
  const around = path.slice(0, path.lastIndexOf('/') + 1);
  return `/${around}`.includes(`/${layer}/`);
}
