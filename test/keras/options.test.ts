import { beforeAll, expect, test } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import {
  outcomeOf,
  placesIn,
  savedModels,
  withValue,
  type Outcome,
  type Place,
} from './saved-models.ts';

/** One for each kind of place in which a saved model has an object. */
let places: readonly Place[] = [];

beforeAll(async () => {
  const models = await savedModels();
  const kinds = new Map<string, Place>();
  for (const place of models.filter(isTaken).flatMap(placesIn)) {
    if (!isUnused.test(place.kind)) kinds.set(place.kind, place);
  }
  places = [...kinds.values()];
});

/** Masks that Keras writes down as operations, and shapes of which the number of examples is taken. */
const isUnused =
  /layers:(NotEqual|Any|LogicalOr|OnesLike|TFOpLambda (compat\.v1\.)?shape|SlicingOpLambda)\b/;

function isTaken(model: Place['model']): boolean {
  return outcomeOf(model).refusal === undefined;
}

const key = 'unknown_option';

test('an option that nobody knows is refused or noted, wherever it stands and whatever its value', () => {
  expect(places.length).toBeGreaterThan(500);
  const silent = places.flatMap((place) => {
    const before = outcomeOf(place.model).notes;
    return [true, 1, 'x', null, false, [], {}].flatMap((value) => {
      const { refusal, notes } = outcomeOf(withValue(place, key, value));
      const isSaid = refusal?.includes(key) ?? String(notes) !== String(before);
      return isSaid ? [] : [`${place.kind}: ${JSON.stringify(value)} ${refusal ?? ''}`];
    });
  });
  expect(silent).toEqual([]);
});

/** Where a value of another type means what the usual one means, or nothing at all. */
const meaningless: Readonly<Record<string, readonly unknown[]>> = {
  // What a layer is called, and the linear activation; the mean of everything.
  name: [1.5],
  ...{ activation: [null], recurrent_activation: [null], axis: [null], dtype: [null] },
  // Shapes that Keras states beside what it was built for.
  ...{ batch_shape: [null], batch_input_shape: [null], build_input_shape: [null, {}] },
  ...{ input_length: [[2, 2, 2]], shape: [null] },
  ...{ query_shape: [null], key_shape: [null], value_shape: [null] },
  // What is off, and what belongs to something that is.
  ...{ sparse: [null], ragged: [null], optional: [null], rng_type: [null], l1: [null], l2: [null] },
  ...{ renorm_clipping: ['10', {}], renorm_momentum: [null], logit_soft_cap: [1.5] },
  ...{ num_bins: [1.5], epsilon: [null] },
  // What Keras says of a function beside its code.
  ...{ arguments: [null], defaults: [{}], closure: [{}], function_type: [null], module: [null] },
  ...{ output_shape: [[2, 2, 2]], output_shape_type: [null], output_shape_module: ['10'] },
  // Of a weight that Keras 2's separable convolutions do not have.
  ...{
    kernel_initializer: ['10', null],
    kernel_regularizer: ['10', {}],
    kernel_constraint: ['10', {}],
  },
};

test('an option of another type is used, noted or refused', () => {
  // A model within a model is the same again.
  const ofLayers = places.filter(({ kind }) =>
    /^\w+ model:\w+ config layers:\w+ (?!inbound)((?! layers:).)*config$/.test(kind),
  );
  expect(ofLayers.length).toBeGreaterThan(300);
  const silent = ofLayers.flatMap((place) => {
    const before = outcomeOf(place.model);
    return Object.entries(place.object).flatMap(([option, given]) =>
      [null, true, 1.5, '10', [2, 2, 2], {}]
        .filter((value) => typeOf(value) !== typeOf(given) && !isMeaningless(option, value))
        .filter((value) => !place.isOperation || !isOpen(option, value))
        .filter((value) =>
          isSilent(
            outcomeOf(withValue(place, option, value)),
            before,
            place.isOperation ? '' : `"${option}":${JSON.stringify(value)}`,
          ),
        )
        .map((value) => `${place.kind} ${option}=${JSON.stringify(value)}`),
    );
  });
  expect(silent).toEqual([]);
});

/** Of an operation: names, what is left to its default, and what is of use with other settings alone. */
function isOpen(option: string, value: unknown): boolean {
  return value === null || ['name', 'fill_value', 'num'].includes(option);
}

function isMeaningless(option: string, value: unknown): boolean {
  return (meaningless[option] ?? []).some((each) => isDeepStrictEqual(each, value));
}

function isSilent({ refusal, notes, document }: Outcome, before: Outcome, stored: string): boolean {
  if (refusal !== undefined || String(notes) !== String(before.notes)) return false;
  return isDeepStrictEqual(document, before.document) || !JSON.stringify(document).includes(stored);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}
