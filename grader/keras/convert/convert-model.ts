import { candidateError } from '../../errors.ts';
import { isKerasObject, isObject } from '../../recipe/keras-class.ts';
import { clean, show } from '../../text/show.ts';
import type { LayerPath } from '../container.ts';
import { checkKeptMasks } from './attention.ts';
import { Conversion, type FlatLayer } from './conversion.ts';
import { isModelClass } from './entries.ts';
import { checkObject, isTextOrNull, unknownOption } from './fields.ts';
import { Flattening } from './flatten.ts';
import { functionalModel } from './functional-model.ts';
import { generationOf, type Generation } from './generation.ts';
import { malformed } from './refusal.ts';

interface Converted {
  /** Flat, in the terms of a recipe; still to be validated. */
  readonly model: {
    readonly class_name: 'Sequential' | 'Functional';
    readonly config: Readonly<Record<string, unknown>>;
  };
  /** Each layer of the model that the file has, with its place there. */
  readonly layers: readonly ConvertedLayer[];
  readonly generation: Generation;
  readonly notes: readonly string[];
  readonly trainingNotes: readonly string[];
}

export interface ConvertedLayer {
  readonly name: string;
  readonly className: string;
  /** The one in the model: what is put into it stands in the document. */
  readonly config: Record<string, unknown>;
  readonly path: LayerPath;
}

/**
 * The configuration of a Keras 2, Keras 3 or TF.js file as one flat model in the terms of a recipe:
 * models within it dissolved, operations as layers, Keras's defaults left to the recipe's schema.
 * Throws with fault `candidate` for what is malformed or has no counterpart, `limit` for what is too large.
 */
export function convertModel(file: {
  readonly config: unknown;
  readonly kerasVersion: string | null;
}): Converted {
  const { config } = file;
  if (!isKerasObject(config) && !hasOldList(config)) {
    throw malformed(`The model's configuration is ${show(config)}, not {class_name, config}.`);
  }
  const { class_name: className } = config;
  if (!isModelClass(className)) {
    throw candidateError(
      'subclassed-model',
      `The model is a ${clean(className, 60)}: a class of your own, whose code is not in the file.`,
      'Build the model with keras.Sequential or keras.Model(inputs, outputs).',
    );
  }
  checkOuter(config);
  const conversion = new Conversion(generationOf(config, file.kerasVersion));
  const { inputs, outputs } = new Flattening(conversion).run(className, config.config);
  const { layers } = conversion;
  if (conversion.generation !== 'keras3') checkKeptMasks(layers);
  const isStack = className === 'Sequential' && isChain(layers);
  return {
    model: isStack
      ? { class_name: 'Sequential', config: { name: nameOf(config), layers: stack(layers) } }
      : functionalModel(nameOf(config), layers, { inputs, outputs }),
    layers: [...layers, ...conversion.within].filter(({ path }) => path.length > 0),
    generation: conversion.generation,
    notes: [...conversion.notes],
    trainingNotes: [...conversion.trainingNotes],
  };
}

/** What stands around the model's config; the compile settings are read by themselves. */
function checkOuter(config: object): void {
  const { keras_version: version, backend, ...others } = { ...config } as Record<string, unknown>;
  for (const [key, value] of Object.entries({ keras_version: version, backend })) {
    if (value !== undefined && !isTextOrNull(value)) throw unknownOption('The model', key, value);
  }
  const { compile_config: compile = null } = others;
  if (compile !== null && !isObject(compile)) {
    throw unknownOption('The model', 'compile_config', compile);
  }
  checkObject('The model', others, ['compile_config']);
}

/** Keras before 2.2.3 wrote a Sequential as the bare list of its layers. */
function hasOldList(config: unknown): config is { class_name: 'Sequential'; config: unknown[] } {
  if (!isObject(config)) return false;
  return config['class_name'] === 'Sequential' && Array.isArray(config['config']);
}

function nameOf({ config }: { readonly config: unknown }): string {
  const name = isObject(config) ? config['name'] : undefined;
  const plain = typeof name === 'string' ? name.replace(/[^A-Za-z0-9_.-]+/g, '_') : '';
  return plain.slice(0, 90) || 'model';
}

function isChain(layers: readonly FlatLayer[]): boolean {
  return layers.every(({ calls, className }, index) => {
    if (index === 0) return className === 'InputLayer';
    const [call, ...others] = calls;
    return others.length === 0 && call?.length === 1 && call[0]?.layer === layers[index - 1];
  });
}

function stack(layers: readonly FlatLayer[]): readonly object[] {
  return layers.map(({ className, config }) => ({ class_name: className, config }));
}
