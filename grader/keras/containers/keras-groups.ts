import { clean } from '../../text/show.ts';
import type { ArraySource, LayerPath } from '../container.ts';
import { checkDeclared } from './declared-weights.ts';
import { arraysIn, type Hdf5File } from './hdf5-file.ts';
import type { Hdf5Array, Hdf5Group } from './hdf5-objects.ts';
import type { Refusals } from './refusal.ts';

/** The groups under which Keras 3, and Keras 2 in its `.keras` files, keeps the layers of a model. */
const layerGroups = ['layers', '_layer_checkpoint_dependencies'];
/** Names of groups with what is not a weight of the model. */
const optimizerGroup = /^_?optimizer/;

/** Throws where the weights of a `.keras` file declare more than the limits. */
export function checkGroups(hdf5: Hdf5File, refusals: Refusals): void {
  const arrays = layersOf(hdf5.root).flatMap((group) => arraysIn(group));
  checkDeclared(arrays, refusals);
}

export function optimizerArrays(hdf5: Hdf5File): readonly Hdf5Array[] {
  return [...hdf5.root.children].flatMap(([name, child]) =>
    child.kind === 'group' && optimizerGroup.test(name) ? arraysIn(child) : [],
  );
}

/** The arrays of a layer in a `.keras` file: those of its own, then those of the layers in it. */
export function weightsInGroups(
  hdf5: Hdf5File,
  path: LayerPath,
  refusals: Refusals,
): readonly ArraySource[] {
  let group: Hdf5Group | undefined = hdf5.root;
  let part: string | undefined;
  for (const step of path) {
    const around: Hdf5Group | undefined =
      group && part !== undefined ? childGroup(group, part) : group;
    group =
      around &&
      layersOf(around)
        .map((layers) => childGroup(layers, step.group))
        .find(Boolean);
    part = step.part;
  }
  if (group === undefined) return [];
  checkName({ hdf5, group, path }, refusals);
  if (part !== undefined) group = childGroup(group, part);
  if (group === undefined) return [];
  const { cells = [] } = path.at(-1) ?? {};
  return collect(group, cells).map((array) => hdf5.source(array, array.path.slice(1)));
}

function layersOf(group: Hdf5Group): readonly Hdf5Group[] {
  return layerGroups.flatMap((name) => childGroup(group, name) ?? []);
}

function childGroup(group: Hdf5Group, name: string): Hdf5Group | undefined {
  const child = group.children.get(name);
  return child?.kind === 'group' ? child : undefined;
}

interface Named {
  readonly hdf5: Hdf5File;
  readonly group: Hdf5Group;
  readonly path: LayerPath;
}

/** Newer versions of Keras 3 write the layer's name beside its variables. */
function checkName({ hdf5, group, path }: Named, refusals: Refusals): void {
  const variables = childGroup(group, 'vars');
  const expected = path.at(-1)?.name;
  const name = variables === undefined ? null : hdf5.text(variables.path, 'name');
  if (name === null || name === expected) return;
  throw refusals.candidate(
    'weights-of-another-layer',
    `the weights in ${clean(group.path, 120)} are those of the layer "${clean(name, 60)}"; ` +
      `its config.json has "${clean(expected ?? '', 60)}" there.`,
    { help: 'The two files in the archive do not belong together. Save the model again.' },
  );
}

/** Parts of a layer in the order in which Keras lists their weights; others follow by name. */
const parts = [
  ...['vars', 'forward_layer', 'backward_layer', 'cell', 'layer'],
  ...['query_dense', 'key_dense', 'gate_dense', 'value_dense', 'output_dense'],
];
/** State of a random generator, which Keras does not count among the weights. */
const generators = ['seed_generator', 'generator', 'random_generator', '_random_generator'];

function collect(group: Hdf5Group, cells: readonly string[]): readonly Hdf5Array[] {
  const names = [...group.children.keys()].filter((name) => !generators.includes(name));
  const order = [...parts, ...cells];
  const rank = (name: string) => {
    // Keras 2 keeps the underscore of its attribute.
    const index = order.indexOf(name.replace(/^_/, ''));
    return index < 0 ? order.length : index;
  };
  const compare = (one: string, other: string) =>
    rank(one) - rank(other) || one.localeCompare(other, 'en', { numeric: true });
  return names.sort(compare).flatMap((name) => {
    const child = group.children.get(name);
    if (child === undefined) return [];
    return child.kind === 'array' ? [child] : collect(child, cells);
  });
}
