import { isKerasObject, isObject } from '../../recipe/keras-class.ts';
import { layerName } from '../../recipe/names.ts';
import { show } from '../../text/show.ts';
import type { LayerPath } from '../container.ts';
import type { Entry } from './entries.ts';
import { candidateError } from '../../errors.ts';

/**
 * Where a layer stands, with the groups of the cells in it: a `.keras` file numbers them by class, so
 * that their names do not tell their order. SpectralNormalization is the layer in it. Throws with fault `candidate` where two directions differ.
 */
export function withCells({ name, className, config, path }: Entry): LayerPath {
  if (className === 'SpectralNormalization') return withLast(path, { part: 'layer' });
  const [cells, ...others] = stacksIn(config).map(groupsOf);
  if (!cells) return path;
  if (others.some((other) => String(other) !== String(cells))) {
    throw candidateError(
      'cell-not-supported',
      `The layer ${show(name)} has other cells on the way back than on the way there; that is not supported.`,
    );
  }
  return withLast(path, { cells });
}

function withLast(path: LayerPath, more: Partial<LayerPath[number]>): LayerPath {
  return [...path.slice(0, -1), ...path.slice(-1).map((step) => ({ ...step, ...more }))];
}

/** Class names of the cells of each stack in a layer or in the layers within it. */
function stacksIn(config: unknown): readonly (readonly string[])[] {
  if (!isObject(config)) return [];
  const inner = ['cell', 'layer', 'backward_layer'].map((key) => config[key]);
  const { cells } = config;
  const own = Array.isArray(cells)
    ? [cells.filter(isKerasObject).map((cell) => cell.class_name)]
    : [];
  return [...own, ...inner.filter(isKerasObject).flatMap((each) => stacksIn(each.config))];
}

function groupsOf(classNames: readonly string[]): readonly string[] {
  const bases = classNames.map((className) => layerName(className.replace(/^.*>/, '')));
  return bases.map((base, index) => {
    const before = bases.slice(0, index).filter((other) => other === base).length;
    return before === 0 ? base : `${base}_${before}`;
  });
}
