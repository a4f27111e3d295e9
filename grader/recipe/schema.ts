import type { ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import type { Recipe } from '../contract.ts';
import { augmentationOptions } from './augmentation.ts';
import { compileOptions, fitOptions } from './fit.ts';
import { constraintTable } from './constraints.ts';
import { initializerTable } from './initializers.ts';
import { regularizerTable } from './regularizers.ts';
import { classSchema } from './keras-class.ts';
import { layerTable, recurrentClassNames } from './layers.ts';
import { cellTable } from './layers/cells.ts';
import { modelClassNames } from './layers/wrapped.ts';
import type { DocumentOrigin, JsonSchema } from './option.ts';
import { optionsSchema } from './option.ts';

const reference = {
  type: 'array',
  items: [{ type: 'string' }, { type: 'integer', minimum: 0 }, { type: 'integer', minimum: 0 }],
  minItems: 3,
  maxItems: 3,
};

const name = { type: 'string', maxLength: 100 };

/** One call of a layer: `[["dense", 0, 0, {}], …]`, an entry for each input: layer, call, output. */
const call = {
  type: 'array',
  items: {
    type: 'array',
    items: [
      { type: 'string' },
      { type: 'integer', minimum: 0 },
      { type: 'integer', minimum: 0 },
      { type: 'object', maxProperties: 0 },
    ],
    minItems: 4,
    maxItems: 4,
  },
  minItems: 1,
  maxItems: 64,
};

/** A problem has one input and one output; that a model has more is said where the two meet. */
const ends = { type: 'array', items: reference, minItems: 1, maxItems: 16 };

const layers = { type: 'array', items: { $ref: '#/$defs/layer' }, minItems: 1 };

const models: JsonSchema = {
  type: 'object',
  required: ['class_name', 'config'],
  discriminator: { propertyName: 'class_name' },
  oneOf: [
    model('Sequential', { layers }, ['layers']),
    model(
      'Functional',
      {
        layers,
        input_layers: ends,
        output_layers: ends,
      },
      ['layers', 'input_layers', 'output_layers'],
    ),
  ],
};

/** JSON schema of a recipe, with Keras's defaults; made from the same tables as the authoring functions. */
const recipeSchema = (origin: DocumentOrigin): JsonSchema => ({
  $id: 'grader-recipe',
  $defs: {
    initializer: classSchema(initializerTable),
    regularizer: { ...classSchema(regularizerTable), type: ['object', 'null'] },
    constraint: { ...classSchema(constraintTable), type: ['object', 'null'] },
    // One schema for every place of a layer: it is by far the largest part to compile.
    layer: classSchema(
      layerTable,
      { name, inbound_nodes: { type: 'array', items: call, maxItems: 64 } },
      origin,
    ),
    cell: classSchema(cellTable),
    model: models,
    wrapped: {
      type: 'object',
      if: { properties: { class_name: { enum: modelClassNames } } },
      then: { $ref: '#/$defs/model' },
      else: { $ref: '#/$defs/layer' },
    },
    recurrent_layer: {
      type: 'object',
      properties: { class_name: { enum: recurrentClassNames } },
      $ref: '#/$defs/layer',
    },
  },
  type: 'object',
  properties: {
    format: { const: 'grader-recipe', default: 'grader-recipe' },
    version: { const: 1, default: 1 },
    model: { $ref: '#/$defs/model' },
    compile: optionsSchema(compileOptions),
    fit: optionsSchema(fitOptions),
    augmentation: {
      ...optionsSchema(augmentationOptions),
      type: ['object', 'null'],
      default: null,
    },
    vocabulary: { type: ['integer', 'null'], minimum: 2, maximum: 20_000, default: null },
  },
  required: ['model', 'compile', 'fit'],
  additionalProperties: false,
});

const compiled: { [Origin in DocumentOrigin]?: ValidateFunction<Recipe> } = {};

/** The schema for either origin of the model, compiled on first use; it fills in defaults. */
export function recipeValidator(origin: DocumentOrigin): ValidateFunction<Recipe> {
  compiled[origin] ??= new Ajv({
    allErrors: true,
    discriminator: true,
    useDefaults: true,
    verbose: true,
    inlineRefs: false,
    // Optimising the code takes longer than running it once.
    code: { optimize: false },
    allowUnionTypes: true,
    strictTuples: false,
    strictTypes: false,
  }).compile<Recipe>(recipeSchema(origin));
  return compiled[origin];
}

function model(className: string, config: JsonSchema, required: readonly string[]): JsonSchema {
  return {
    properties: {
      class_name: { const: className },
      config: {
        type: 'object',
        properties: { name: { ...name, default: className.toLowerCase() }, ...config },
        required,
        additionalProperties: false,
      },
    },
    required: ['class_name', 'config'],
    additionalProperties: false,
  };
}
