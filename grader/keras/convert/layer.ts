import { candidateError } from '../../errors.ts';
import { isKerasObject, isObject } from '../../recipe/keras-class.ts';
import { kerasLayers, layerTable } from '../../recipe/layers.ts';
import { cellTable } from '../../recipe/layers/cells.ts';
import { mergeLayers } from '../../recipe/layers/merging.ts';
import { recurrentLayers } from '../../recipe/layers/recurrent.ts';
import { layersWithin, wrappedKeys } from '../../recipe/layers/wrapped.ts';
import { keyOf, type OptionTable } from '../../recipe/option.ts';
import { clean, show } from '../../text/show.ts';
import { adjust } from './adjust.ts';
import type { Conversion } from './conversion.ts';
import { checkDtype } from './dtype.ts';
import { checkEntry, isModelClass } from './entries.ts';
import { checkFields, checkObject, isHarmless, unknownOption } from './fields.ts';
import { harmlessOf } from './harmless.ts';
import { lookUp, nearestOf } from './look-up.ts';
import { otherLayers } from './other-layers.ts';
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
  if (className === 'TextVectorization') throw textVectorization(layer.name);
  if (className === 'SpectralNormalization') return convertSpectral(conversion, layer);
  const other = lookUp(otherLayers, className);
  const table = optionsOf(className);
  if (other || table) checkDtype(conversion, layer);
  if (other) {
    const harmless = { ...harmlessOf(className), trainable: [true, false] };
    checkFields(whereOf(layer), layer.config, { read: ['dtype', ...other.read], harmless });
    const frozen = layer.trainable ? {} : { trainable: false };
    const { className: becomes, config } = other.convert(conversion, layer);
    return { className: becomes, config: { ...config, ...frozen } };
  }
  if (!table) {
    throw candidateError(
      'layer-not-supported',
      `The layer ${show(layer.name)} is a ${clean(className, 60)}, which the grader does not have.`,
      `${nearestOf(className, Object.keys(kerasLayers))}docs/model-files.md says which layers are refused, and why.`,
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

/** The layer in it: training alone divides its kernel by its largest singular value. */
function convertSpectral(conversion: Conversion, layer: FileLayer): PlainLayer {
  checkDtype(conversion, layer);
  const harmless = { ...harmlessOf(layer.className), trainable: [true, false] };
  const read = ['dtype', 'layer', 'power_iterations'];
  checkFields(whereOf(layer), layer.config, { read, harmless });
  conversion.trainingNotes.add(
    `The layer ${show(layer.name)} (SpectralNormalization: power_iterations ${show(layer.config['power_iterations'])}) is the layer in it, as in prediction.`,
  );
  const inner = convertWrapped(conversion, layer, layer.config['layer']);
  if (!isKerasObject(inner) || layersWithin(inner)) {
    throw malformed(`The layer ${show(layer.name)} wraps a model.`);
  }
  const frozen = layer.trainable ? {} : { trainable: false };
  return { className: inner.class_name, config: { ...inner.config, ...frozen } };
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

/** Names under which older versions saved the same layers; the last one is called forwards only. */
const currentNames: Readonly<Record<string, string>> = {
  BatchNormalizationV1: 'BatchNormalization',
  BatchNormalizationV2: 'BatchNormalization',
  SyncBatchNormalization: 'BatchNormalization',
  ReversibleEmbedding: 'Embedding',
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

function timeMajor(name: string) {
  return candidateError(
    'time-major',
    `The layer ${show(name)} has time_major = true: its input has time on the first axis and the examples on the second; every problem gives the examples first.`,
    'Leave time_major out.',
  );
}

function convertConfig(
  conversion: Conversion,
  layer: FileLayer,
  table: OptionTable,
): Record<string, unknown> {
  const config: Record<string, unknown> = {};
  const known = knownKeys(table);
  const harmless = harmlessOf(layer.className);
  for (const [key, value] of Object.entries(layer.config)) {
    if (key === 'activity_regularizer' && value !== null) noteLeftOut(conversion, layer, key);
    if (key === 'dtype' || isHarmless(harmless, key, value)) continue;
    if (key === 'time_major' && value === true) throw timeMajor(layer.name);
    if (!known.has(key)) throw unknownOption(whereOf(layer), key, value);
    config[key] = convertOption(conversion, { layer, key, value });
  }
  return adjust(conversion, layer, config);
}

function whereOf({ name, className }: FileLayer): string {
  return `The layer ${show(name)} (${clean(className, 60)})`;
}

/** Of a layer's config as Keras writes it; where it stands in the model is told otherwise. */
function knownKeys(table: OptionTable): ReadonlySet<string> {
  const keys = Object.entries(table).flatMap(([name, option]) => [
    keyOf(name, option),
    ...(option.also ?? []),
  ]);
  const ofPlace = ['name', 'input_shape', 'batch_input_shape', 'batch_shape'];
  return new Set(keys.filter((key) => !ofPlace.includes(key)));
}

function noteLeftOut({ trainingNotes }: Conversion, { name }: FileLayer, key: string): void {
  trainingNotes.add(`The ${key} of the layer ${show(name)} is left out.`);
}

const trainingObject = /_(initializer|regularizer|constraint)$/;

interface FileOption {
  readonly layer: FileLayer;
  readonly key: string;
  readonly value: unknown;
}

function convertOption(conversion: Conversion, { layer, key, value }: FileOption): unknown {
  if (key.endsWith('activation')) return readActivation(conversion, layer.name, value);
  if (key.endsWith('_initializer')) return readInitializer(conversion, layer.name, value);
  // Null is no regularizer and no constraint.
  if (trainingObject.test(key) && value !== null) {
    return readTrainingObject(conversion, { layer: layer.name, key, value });
  }
  if (wrappedKeys.includes(key)) return convertWrapped(conversion, layer, value);
  if (key === 'trainable' && typeof value !== 'boolean') {
    throw unknownOption(whereOf(layer), key, value);
  }
  if (key === 'cell') return convertCell(conversion, layer, value);
  return value;
}

function convertWrapped(conversion: Conversion, outer: FileLayer, value: unknown): unknown {
  if (!isKerasObject(value) || !isObject(value.config)) {
    throw malformed(`The layer ${show(outer.name)} wraps ${show(value)}.`);
  }
  checkEntry(`The layer in ${show(outer.name)}`, { ...value });
  const className = value.class_name.replace(/^.*>/, '');
  const config = { ...(value.config as Record<string, unknown>) };
  if (isModelClass(className)) return outer.model(className, config);
  // Bidirectional masks what its layers give by itself.
  const zeroes = config['zero_output_for_mask'];
  const hasOwnZeroes = outer.className === 'Bidirectional' && typeof zeroes === 'boolean';
  if (hasOwnZeroes) delete config['zero_output_for_mask'];
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
  checkObject(`The cell of the layer ${show(outer.name)}`, value);
  const cell = { ...outer, className, config: { ...value.config }, raw: { ...value } };
  refuseCustom(cell);
  checkDtype(conversion, cell);
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
