import { GraderError, candidateError } from '../../errors.ts';
import { isKerasObject, isObject } from '../../recipe/keras-class.ts';
import { modelClassNames } from '../../recipe/layers/wrapped.ts';
import { layerName } from '../../recipe/names.ts';
import { modelLayers } from '../../recipe/limits.ts';
import { show } from '../../text/show.ts';
import type { LayerPath } from '../container.ts';
import { readDtype } from './dtype.ts';
import { checkFields, checkObject, isShapes, isText, unknownOption } from './fields.ts';
import type { Generation } from './generation.ts';
import { isOperation } from './operations/is-operation.ts';
import { malformed } from './refusal.ts';

/** An entry of a model's `layers`. */
export interface Entry {
  readonly className: string;
  readonly name: string;
  readonly config: Record<string, unknown>;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly path: LayerPath;
}

/** `Model` is what Keras 2 calls a Functional that is not subclassed. */
export function isModelClass(className: string): boolean {
  return className === 'Model' || modelClassNames.includes(className);
}

/** Groups of a `.keras` file are numbered by class, in the order of the layers, operations left out. */
export function entriesOf(
  config: unknown,
  around: LayerPath,
  generation: Generation,
): readonly Entry[] {
  if (isObject(config)) checkModel(config);
  const list = Array.isArray(config) ? (config as unknown[]) : isObject(config) && config['layers'];
  if (!Array.isArray(list)) throw malformed('A model has no list of layers.');
  if (list.length > modelLayers) {
    throw new GraderError({
      fault: 'limit',
      code: 'too-many-layers',
      message: `The model has ${list.length} layers; a model file may have at most ${modelLayers}.`,
    });
  }
  const counts = new Map<string, number>();
  const names = new Set<string>();
  return list.map((raw: unknown, index) => {
    if (!isKerasObject(raw) || !isObject(raw.config)) {
      throw malformed(`Layer ${index} of a model is ${show(raw)}.`);
    }
    const fields: Readonly<Record<string, unknown>> = { ...raw };
    checkEntry(`Layer ${index} of a model`, fields);
    const className = raw.class_name.replace(/^.*>/, '');
    const given = fields['name'] ?? raw.config['name'];
    const name = typeof given === 'string' ? given : `${layerName(className)}_${index}`;
    if (names.has(name)) throw malformed(`Two layers have the name ${show(name)}.`);
    names.add(name);
    const base = layerName(className.replace(/\W/g, ''));
    const count = counts.get(base) ?? 0;
    const group = count === 0 ? base : `${base}_${count}`;
    if (!isOperation(fields, generation)) counts.set(base, count + 1);
    const path = [...around, { name, group }];
    return { className, name, config: { ...raw.config }, raw: fields, path };
  });
}

/** What a model has beside its layers; Keras 3 writes it for a Sequential alone. */
function checkModel(config: Record<string, unknown>): void {
  const where = `The model ${show(config['name'])}`;
  checkFields(where, config, {
    read: ['layers', 'input_layers', 'output_layers', 'dtype'],
    harmless: { name: isText, trainable: [true, false], build_input_shape: isShapes },
  });
  readDtype(where, config['dtype']);
}

/** Throws with fault `candidate` for what stands around the config of a layer and is not known. */
export function checkEntry(where: string, raw: Readonly<Record<string, unknown>>): void {
  const { name, class_name: className, compile_config: compile } = raw;
  if (name !== undefined && !isText(name)) throw unknownOption(where, 'name', name);
  // A model within another one is not trained by settings of its own.
  const isTrained = isModelClass(String(className)) && isObject(compile);
  checkObject(where, raw, ['name', 'inbound_nodes', ...(isTrained ? ['compile_config'] : [])]);
}

/** Sequential models may state their input's shape in the first layer, or only when they are built. */
export function impliedInput(first: Entry, config: unknown): Entry {
  const shape =
    first.config['batch_input_shape'] ??
    first.config['batch_shape'] ??
    innerShape(first) ??
    (isObject(config) ? config['build_input_shape'] : undefined) ??
    buildShape(first.raw['build_config']);
  if (!Array.isArray(shape)) {
    throw candidateError(
      'no-input-shape',
      'The model does not state the shape of its input: it was never built.',
      'Start it with keras.Input(shape=...), or save it after fit.',
    );
  }
  const name = `${first.name}_input`;
  const dtype = first.config['dtype'];
  const implied = { batch_shape: shape, name, dtype };
  const step = { name, group: '' };
  return {
    className: 'InputLayer',
    name,
    config: implied,
    raw: {},
    path: [...first.path.slice(0, -1), step],
  };
}

/** Of a model that stands first in another. */
function innerShape({ className, config }: Entry): unknown {
  if (!isModelClass(className) || !Array.isArray(config['layers'])) return undefined;
  const [first] = config['layers'] as unknown[];
  if (!isKerasObject(first) || !isObject(first.config)) return undefined;
  return first.config['batch_shape'] ?? first.config['batch_input_shape'];
}

function buildShape(config: unknown): unknown {
  return isObject(config) ? config['input_shape'] : undefined;
}
