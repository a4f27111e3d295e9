import { candidateError } from '../../errors.ts';
import { isKerasObject, isObject } from '../../recipe/keras-class.ts';
import { kerasLayers, layerTable } from '../../recipe/layers.ts';
import { cellTable } from '../../recipe/layers/cells.ts';
import { mergeLayers } from '../../recipe/layers/merging.ts';
import { recurrentLayers } from '../../recipe/layers/recurrent.ts';
import { wrappedKeys } from '../../recipe/layers/wrapped.ts';
import { keyOf, type OptionTable } from '../../recipe/option.ts';
import { clean, show } from '../../text/show.ts';
import { causalOption, isAttention } from './attention.ts';
import type { Conversion } from './conversion.ts';
import { checkDtype } from './dtype.ts';
import { isModelClass } from './entries.ts';
import { lookUp } from './look-up.ts';
import { convertLambda } from './lambda/convert-lambda.ts';
import { activationLayer, readActivation, readInitializer, readTrainingObject } from './objects.ts';
import { malformed } from './refusal.ts';

interface FileLayer {
  readonly className: string;
  readonly name: string;
  readonly config: Record<string, unknown>;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly trainable: boolean;
  /** A model in the place of a layer within this one as a document. */
  readonly model: (className: string, config: unknown) => object;
}

interface PlainLayer {
  readonly className: string;
  readonly config: Record<string, unknown>;
  /** What is called on its output: an activation that is a layer with options. */
  readonly after?: PlainLayer;
}

/** A layer of the file in the terms of a recipe. Throws with fault `candidate` for what has none. */
export function convertLayer(conversion: Conversion, layer: FileLayer): PlainLayer {
  const className = currentName(layer.className);
  refuseCustom(layer);
  checkDtype(conversion, layer);
  if (className === 'ActivityRegularization') return convertPenalty(conversion, layer);
  if (className === 'Lambda') return convertLambda(layer);
  if (className === 'TextVectorization') throw textVectorization(layer.name);
  const table = optionsOf(className);
  if (!table) {
    throw candidateError(
      'layer-not-supported',
      `The layer ${show(layer.name)} is a ${clean(className, 60)}, which the grader does not have.`,
      `It has: ${Object.keys(kerasLayers).join(', ')}.`,
    );
  }
  const { activation } = layer.config;
  const behind = Object.hasOwn(recurrentLayers, className) ? null : activationLayer(activation);
  const own = behind ? { ...layer.config, activation: 'linear' } : layer.config;
  const config = convertConfig(conversion, { ...layer, className, config: own }, table);
  const frozen = layer.trainable ? {} : { trainable: false };
  return {
    className,
    config: { ...config, ...masksOf(conversion, className), ...frozen },
    ...(behind ? { after: convertLayer(conversion, { ...layer, ...behind, raw: {} }) } : {}),
  };
}

/** Its penalty is part of a training's loss alone. */
function convertPenalty(conversion: Conversion, { name }: FileLayer): PlainLayer {
  conversion.trainingNotes.add(
    `The layer ${show(name)} is an ActivityRegularization; its penalty is left out.`,
  );
  return { className: 'Identity', config: {} };
}

/** Layers that hand masks on since Keras 3. */
const endsMaskInKeras2: readonly string[] = ['Identity', 'Normalization', 'Rescaling'];

/** Merged sequences have another mask in Keras 2 than in Keras 3. */
function masksOf({ generation }: Conversion, className: string): Record<string, unknown> {
  if (generation !== 'keras2') return {};
  if (endsMaskInKeras2.includes(className)) return { supports_masking: false };
  return Object.hasOwn(mergeLayers, className) && className !== 'Dot' ? { keras2_masks: true } : {};
}

function currentName(className: string): string {
  return lookUp(currentNames, className) ?? className;
}

/** Names under which older versions saved the same layers. */
const currentNames: Readonly<Record<string, string>> = {
  BatchNormalizationV1: 'BatchNormalization',
  BatchNormalizationV2: 'BatchNormalization',
  SyncBatchNormalization: 'BatchNormalization',
  UnifiedGRU: 'GRU',
  UnifiedLSTM: 'LSTM',
};

function optionsOf(className: string): OptionTable | undefined {
  return Object.hasOwn(layerTable, className)
    ? layerTable[className as keyof typeof layerTable].options
    : undefined;
}

function refuseCustom({ name, className, raw }: FileLayer): void {
  const registered = raw['registered_name'];
  const isCustom = typeof registered === 'string' && registered.includes('>');
  if (!isCustom || registered.startsWith('keras')) return;
  throw candidateError(
    'custom-layer',
    `The layer ${show(name)} is a class of your own (${clean(registered, 80)}, ${clean(className, 60)}); the file does not hold its code.`,
    'Use layers that Keras has.',
  );
}

function textVectorization(name: string) {
  return candidateError(
    'string-input',
    `The layer ${show(name)} is a TextVectorization: it takes strings, and the grader's data are word ids of a fixed tokenizer.`,
    'Hand in the layers after it, trained on the ids of `grader data export sarcasm`.',
  );
}

function convertConfig(
  conversion: Conversion,
  layer: FileLayer,
  table: OptionTable,
): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  const known = knownKeys(table);
  for (const [key, value] of Object.entries(layer.config)) {
    if (key === 'activity_regularizer' && value !== null) noteLeftOut(conversion, layer, key);
    if (key === 'name' || isNoise(key, value, known)) continue;
    config[key] = convertOption(conversion, { layer, key, value });
  }
  return adjust(conversion, layer, config);
}

function knownKeys(table: OptionTable): ReadonlySet<string> {
  const keys = Object.entries(table).flatMap(([name, option]) => [
    keyOf(name, option),
    ...(option.also ?? []),
  ]);
  return new Set(keys);
}

function noteLeftOut({ trainingNotes }: Conversion, { name }: FileLayer, key: string): void {
  trainingNotes.add(`The ${key} of the layer ${show(name)} is left out.`);
}

/** What belongs to the file or to a machine, and options at which nothing depends. */
const noise = new Set([
  ...['dtype', 'batch_input_shape', 'batch_shape', 'input_dtype', 'optional'],
  ...['build_config', 'quantization_config', 'autocast', 'use_cudnn', 'fused', 'synchronized'],
  ...['lora_rank', 'lora_alpha', 'activity_regularizer', 'virtual_batch_size', 'adjustment'],
  ...['query_shape', 'key_shape', 'value_shape', 'softmax_robust_masking'],
  ...['renorm_clipping', 'renorm_momentum', 'rng_type'],
]);
const trainingObject = /_(initializer|regularizer|constraint)$/;

function isNoise(key: string, value: unknown, known: ReadonlySet<string>): boolean {
  // An activation of null is the linear one, and not every default.
  if (value === null) return !key.endsWith('activation');
  if (noise.has(key)) return true;
  if (known.has(key)) return false;
  const isOff = value === false || (Array.isArray(value) && value.length === 0);
  return isOff || trainingObject.test(key) || (key === 'groups' && value === 1);
}

interface FileOption {
  readonly layer: FileLayer;
  readonly key: string;
  readonly value: unknown;
}

function convertOption(conversion: Conversion, { layer, key, value }: FileOption): unknown {
  if (key.endsWith('activation')) return readActivation(conversion, layer.name, value);
  if (key.endsWith('_initializer')) return readInitializer(conversion, layer.name, value);
  if (trainingObject.test(key)) return readTrainingObject(conversion, { key, value });
  if (wrappedKeys.includes(key)) return convertWrapped(conversion, layer, value);
  if (key === 'cell') return convertCell(conversion, layer, value);
  return value;
}

function convertWrapped(conversion: Conversion, outer: FileLayer, value: unknown): unknown {
  if (!isKerasObject(value) || !isObject(value.config)) {
    throw malformed(`The layer ${show(outer.name)} wraps ${show(value)}.`);
  }
  const className = value.class_name.replace(/^.*>/, '');
  const config = { ...(value.config as Record<string, unknown>) };
  if (isModelClass(className)) return outer.model(className, config);
  // Bidirectional masks what its layers give by itself.
  if (outer.className === 'Bidirectional') delete config['zero_output_for_mask'];
  const given = config['name'];
  const name = typeof given === 'string' ? given : className;
  const wrapped = { ...outer, className, name, config, raw: { ...value } };
  const converted = convertLayer(conversion, wrapped);
  // A wrapper has one layer, and so no other behind it.
  if (converted.after) readActivation(conversion, outer.name, config['activation']);
  // A name is unique in a document; the wrapped layer has none of its own there.
  return { class_name: converted.className, config: converted.config };
}

/** A cell of a recurrence, or several on top of each other. */
function convertCell(conversion: Conversion, outer: FileLayer, value: unknown): unknown {
  if (!isKerasObject(value) || !isObject(value.config)) {
    throw malformed(`The layer ${show(outer.name)} has the cell ${show(value)}.`);
  }
  const className = value.class_name.replace(/^.*>/, '');
  const cell = { ...outer, className, config: { ...value.config }, raw: { ...value } };
  refuseCustom(cell);
  if (!Object.hasOwn(cellTable, className)) {
    throw candidateError(
      'cell-not-supported',
      `The layer ${show(outer.name)} has a ${clean(className, 60)}, which the grader does not have.`,
      `It has: ${Object.keys(cellTable).join(', ')}.`,
    );
  }
  const { cells, ...own } = value.config as Record<string, unknown>;
  const { options } = cellTable[className as keyof typeof cellTable];
  const config = convertConfig(conversion, { ...cell, config: own }, options);
  if (!Array.isArray(cells)) return { class_name: className, config };
  const list = cells.map((each: unknown) => convertCell(conversion, outer, each));
  return { class_name: className, config: { ...config, cells: list } };
}

/** What is spelled otherwise in one version or another. */
function adjust(
  conversion: Conversion,
  { name, className, config: original, raw }: FileLayer,
  config: Record<string, unknown>,
): Record<string, unknown> {
  const axis = config['axis'];
  if (className === 'BatchNormalization' && Array.isArray(axis) && axis.length === 1) {
    config['axis'] = axis[0] as unknown;
  }
  if (className === 'Embedding' && Array.isArray(config['input_length'])) {
    delete config['input_length'];
  }
  if (className === 'Bidirectional') {
    // Null is no default here: the two outputs stay apart.
    if (original['merge_mode'] === null) config['merge_mode'] = null;
    if (comparable(original['layer']) === comparable(original['backward_layer'])) {
      delete config['backward_layer'];
    }
  }
  if (isAttention(className)) Object.assign(config, causalOption(name, raw['inbound_nodes']));
  if (config['stateful'] === true) {
    delete config['stateful'];
    conversion.notes.add(
      `The layer ${show(name)} is stateful; each example starts from a state of zeros here.`,
    );
  }
  if (className === 'Normalization') {
    // Keras's null is one mean for all values; elsewhere null stands for the default.
    if (original['axis'] === null) config['axis'] = [];
    for (const key of ['mean', 'variance']) config[key] = plainValues(config[key]);
  }
  return config;
}

/** All but what two directions of one layer differ in. */
function comparable(layer: unknown): string {
  if (!isKerasObject(layer) || !isObject(layer.config)) return '';
  const differing = ['name', 'go_backwards', 'dtype', 'build_config'];
  const entries = Object.entries(layer.config)
    .filter(([key]) => !differing.includes(key))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  // Ids of shared objects number what is the same.
  return JSON.stringify([layer.class_name, entries], (key, value: unknown) =>
    key === 'shared_object_id' ? undefined : value,
  );
}

/** Keras 2 may write a number array as `{class_name: '__numpy__', config: {value}}`. */
function plainValues(value: unknown): unknown {
  if (!isObject(value)) return value;
  return isObject(value['config']) ? value['config']['value'] : value['value'];
}
