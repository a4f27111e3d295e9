import type { GraderError } from '../../errors.ts';
import { clean, show } from '../../text/show.ts';
import type { ArraySource, Container, LayerPath, OpenSetting } from '../container.ts';
import { openFile } from './byte-source.ts';
import { checkDeclared } from './declared-weights.ts';
import { arraysIn, declaredBytes, type Hdf5File, openHdf5 } from './hdf5-file.ts';
import { find, findGroup, type Hdf5Array, type Hdf5Group } from './hdf5-objects.ts';
import { arraysOfLayer } from './layer-arrays.ts';
import { parseJson, versionOf } from './parse-json.ts';
import type { Refusals } from './refusal.ts';
import { unreadNote } from './unread.ts';

/** Opens a `.h5` file of Keras 2 or 3, which holds a model's configuration and weights. */
export async function openHdf5Container(path: string, setting: OpenSetting): Promise<Container> {
  const { refusals } = setting;
  const file = openFile(path, refusals);
  const hdf5 = await openHdf5(file, setting);
  const config = readConfig(hdf5, setting);
  const weights = findGroup(hdf5.root, 'model_weights');
  if (weights === undefined) throw refusals.damaged('it has no group model_weights.');
  const training = hdf5.text('', 'training_config');
  const optimizer = findGroup(hdf5.root, 'optimizer_weights');
  const layers = readLayers(hdf5, weights, setting);
  return {
    kerasVersion: versionOf(
      hdf5.text('', 'keras_version') ?? hdf5.text(weights.path, 'keras_version'),
    ),
    config,
    compile:
      training === null
        ? null
        : parseJson({ text: training, what: 'its training_config' }, refusals),
    notes: unread(hdf5, weights),
    bytes: file.bytes,
    optimizerBytes: optimizer === undefined ? 0 : declaredBytes(arraysIn(optimizer)),
    weights: (layer) => weightsOf(layers, layer),
    close() {
      hdf5.close();
      file.close();
    },
  };
}

function readConfig(hdf5: Hdf5File, { refusals }: OpenSetting): unknown {
  const text = hdf5.text('', 'model_config');
  if (text !== null) return parseJson({ text, what: 'its model_config' }, refusals);
  const { children } = hdf5.root;
  const hasWeights =
    hdf5.texts('', 'layer_names') !== null ||
    ['model_weights', 'layers', '_layer_checkpoint_dependencies'].some((name) =>
      children.has(name),
    );
  throw refusals.candidate(
    hasWeights ? 'weights-only' : 'not-a-keras-file',
    hasWeights
      ? 'it holds weights only, without the model they belong to (no model_config).'
      : 'an HDF5 file, but not one that Keras wrote (no model_config).',
    { help: 'Hand in the whole model: model.save("model.h5"), not model.save_weights.' },
  );
}

/** The sources of every entry of `model_weights`, in Keras's order. */
function readLayers(
  hdf5: Hdf5File,
  weights: Hdf5Group,
  { refusals }: OpenSetting,
): ReadonlyMap<string, readonly ArraySource[]> {
  const layers = new Map<string, readonly ArraySource[]>();
  const declared: Hdf5Array[] = [];
  for (const { layer, group, names } of layerGroups(hdf5, weights, '')) {
    if (names === null) throw noNames(layer, refusals);
    const arrays = names.map((name) => ({ name, array: arrayAt(group, name) }));
    const missing = arrays.find(({ array }) => array === null);
    if (missing) {
      throw refusals.damaged(
        `the weight ${clean(missing.name, 120)} of the layer ${clean(layer, 60)} is missing.`,
      );
    }
    const found = arrays.flatMap(({ name, array }) => (array === null ? [] : [{ name, array }]));
    declared.push(...found.map(({ array }) => array));
    layers.set(
      layer,
      found.map(({ name, array }) => hdf5.source(array, name)),
    );
  }
  checkDeclared(declared, refusals);
  return layers;
}

const ofFile = ['model_config', 'training_config', 'keras_version', 'backend'];
const groups = ['model_weights', 'optimizer_weights'];

function unread(hdf5: Hdf5File, weights: Hdf5Group): readonly string[] {
  const isList = (name: string) => /^(layer|weight)_names\d*$/.test(name);
  const isKnown = (name: string) => isList(name) || ofFile.includes(name);
  return [
    ...unreadNote('The file', hdf5.attributes(''), (name) => ofFile.includes(name)),
    ...unreadNote('The file', hdf5.root.children.keys(), (name) => groups.includes(name)),
    ...unreadNote('Its group model_weights', hdf5.attributes(weights.path), isKnown),
    ...layerGroups(hdf5, weights, '').flatMap(({ layer, group }) =>
      unreadNote(`Its group of ${show(layer)}`, hdf5.attributes(group.path), isList),
    ),
  ];
}

interface LayerGroup {
  readonly layer: string;
  readonly group: Hdf5Group;
  /** Of its weights; null where the list is missing. */
  readonly names: readonly string[] | null;
}

/** The groups of all layers; that of a layer named `conv1/bn` stands in a group `conv1`. */
function layerGroups(hdf5: Hdf5File, within: Hdf5Group, prefix: string): readonly LayerGroup[] {
  return [...within.children].flatMap(([name, group]) => {
    if (group.kind !== 'group') return [];
    const layer = `${prefix}${name}`;
    const names = hdf5.texts(group.path, 'weight_names');
    const hasArrays = [...group.children.values()].some(({ kind }) => kind === 'array');
    if (names !== null || hasArrays) return [{ layer, group, names }];
    return layerGroups(hdf5, group, `${layer}/`);
  });
}

/** Keras lists the weights of every layer, also where there are none. */
function noNames(layer: string, refusals: Refusals): GraderError {
  return refusals.damaged(`the list of the weights of the layer ${clean(layer, 60)} is missing.`);
}

function arrayAt(group: Hdf5Group, name: string): Hdf5Array | null {
  const found = find(group, name);
  return found?.kind === 'array' ? found : null;
}

/** All weights of a model within the model stand under the outermost one's name. */
function weightsOf(
  layers: ReadonlyMap<string, readonly ArraySource[]>,
  path: LayerPath,
): readonly ArraySource[] {
  const stored = layers.get(path[0]?.name ?? '') ?? [];
  // Of a layer that wraps another one, what belongs to the wrapper alone.
  const isInner = path.at(-1)?.part !== undefined;
  const arrays = isInner ? stored.filter(({ name }) => !/\bvector_u\b/.test(name)) : stored;
  return path.length === 1 ? arrays : arraysOfLayer(arrays, path);
}
