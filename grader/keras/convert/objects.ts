import { candidateError } from '../../errors.ts';
import { isKerasObject, isObject, findClass } from '../../recipe/keras-class.ts';
import { constraintTable } from '../../recipe/constraints.ts';
import { initializerTable } from '../../recipe/initializers.ts';
import { layerName } from '../../recipe/names.ts';
import { activationLayers } from '../../recipe/layers/activation.ts';
import { regularizerForms } from '../../recipe/regularizers.ts';
import { clean, show } from '../../text/show.ts';
import type { Conversion } from './conversion.ts';
import { isFloat32 } from './dtype.ts';
import {
  checkObject,
  isHarmless,
  isText,
  isTextOrNull,
  unknownFields,
  type HarmlessKeys,
} from './fields.ts';
import { lookUp } from './look-up.ts';

/**
 * An activation by name, whether the file has a name, a function or a layer without options.
 * `hard_sigmoid` is another function in Keras 2 than in Keras 3.
 */
export function readActivation(conversion: Conversion, layer: string, value: unknown): unknown {
  if (isObject(value)) checkObject(`The activation of the layer ${show(layer)}`, value);
  const name = activationName(value);
  if (name === null) {
    throw candidateError(
      'activation',
      `The activation of the layer ${show(layer)} is ${isKerasObject(value) ? `${clean(value.class_name, 60)} with options` : show(value)}, which the grader does not have there.`,
      'Take an activation by its name, or a layer for it behind this one.',
    );
  }
  const isOlder = conversion.generation !== 'keras3';
  return isOlder && /^hard_?sigmoid$/i.test(name) ? 'keras2_hard_sigmoid' : name;
}

function activationName(value: unknown): string | null {
  if (value === null) return 'linear';
  if (typeof value === 'string') return value;
  if (!isObject(value)) return null;
  const { class_name: className, config } = value;
  if (typeof config === 'string') return config;
  const options = typeof className === 'string' ? lookUp(plainActivations, className) : undefined;
  if (!options || !isObject(config)) return null;
  const isPlain = unknownFields(config, { read: [], harmless: options }).length === 0;
  return isPlain ? layerName(String(className)).replace('_', '') : null;
}

/** Layers that are an activation by name where their options are these. */
const ofAny: HarmlessKeys = {
  ...{ name: isText, trainable: [true, false] },
  dtype: isFloat32,
};
const plainActivations: Readonly<Record<string, HarmlessKeys>> = {
  ReLU: { negative_slope: [0], threshold: [0], max_value: [null], ...ofAny },
  Softmax: { axis: [-1], ...ofAny },
  ELU: { alpha: [1], ...ofAny },
};

/**
 * The layer that an activation is where it has options, `Dense(4, activation=LeakyReLU(0.1))`, or mixes
 * the values of the last axis.
 */
export function activationLayer(value: unknown): KerasLayer | null {
  if (value === 'glu' || value === 'sparsemax') {
    return { className: 'Along', config: { function: value, axis: -1 } };
  }
  if (!isKerasObject(value) || !isObject(value.config) || activationName(value) !== null)
    return null;
  checkObject(`The activation ${show(value.class_name)}`, value);
  const className = value.class_name.replace(/^.*>/, '');
  const isKnown = Object.hasOwn(activationLayers, className) && className !== 'PReLU';
  return isKnown ? { className, config: { ...value.config } } : null;
}

interface KerasLayer {
  readonly className: string;
  readonly config: Record<string, unknown>;
}

/** Initial weights matter only where the model is trained anew. */
export function readInitializer(conversion: Conversion, layer: string, value: unknown): unknown {
  const given = typeof value === 'string' ? { class_name: value, config: {} } : value;
  const className = isKerasObject(given)
    ? (lookUp(initializerNames, given.class_name) ?? findClass(initializerTable, given.class_name))
    : undefined;
  if (className === undefined || !isKerasObject(given)) {
    conversion.trainingNotes.add(
      `An initializer of the layer ${show(layer)} is not known and its default is taken: ${show(value)}.`,
    );
    return undefined;
  }
  checkObject(`An initializer of the layer ${show(layer)}`, given);
  const entries = Object.entries({ ...given.config }).filter(
    ([key, option]) => !isHarmless(ofInitializers, key, option),
  );
  return { class_name: className, config: Object.fromEntries(entries) };
}

/** Keras 3.15 names the axes of kernels of other forms, TensorFlow 1 the dtype. */
const ofInitializers: HarmlessKeys = {
  input_axes: [null],
  output_axes: [null],
  dtype: isTextOrNull,
};

const initializerNames: Readonly<Record<string, string>> = {
  OrthogonalInitializer: 'Orthogonal',
  IdentityInitializer: 'Identity',
};

interface TrainingOption {
  readonly layer: string;
  readonly key: string;
  readonly value: unknown;
}

/** Regularizers and constraints: those that the grader has; others matter only in training. */
export function readTrainingObject(
  conversion: Conversion,
  { layer, key, value }: TrainingOption,
): unknown {
  const table = key.endsWith('_regularizer') ? regularizerForms : constraintTable;
  const given = typeof value === 'string' ? { class_name: value, config: {} } : value;
  const className = isKerasObject(given) ? findClass(table, given.class_name) : undefined;
  if (className === undefined || !isKerasObject(given)) {
    conversion.trainingNotes.add(`The ${clean(key, 60)} ${show(value)} is not known and left out.`);
    return undefined;
  }
  checkObject(`The ${clean(key, 60)} of the layer ${show(layer)}`, given);
  return { class_name: className, config: { ...given.config } };
}
