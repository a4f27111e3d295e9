import type { KerasObject } from '../contract.ts';
import { kerasClass, readObject } from './keras-class.ts';
import type { Option } from './option.ts';
import { integer, nullable, number, oneOf } from './option.ts';

const seed = nullable(integer({ min: 0, max: 2 ** 31 - 1 }));
const seeded = { seed };

const distributions = oneOf('truncated_normal', 'untruncated_normal', 'uniform');
const distribution = {
  ...distributions,
  // Keras's older name.
  read: (value: unknown) => (value === 'normal' ? 'truncated_normal' : distributions.read?.(value)),
};

/** Class names are TF.js's, which differ from Keras's in `LeCun…` only. */
export const initializerTable = {
  Zeros: kerasClass('zeros', {}, ['zero']),
  Ones: kerasClass('ones', {}, ['one']),
  Constant: kerasClass('constant', { value: number({ default: 0 }) }),
  RandomUniform: kerasClass(
    'randomUniform',
    { minval: number({ default: -0.05 }), maxval: number({ default: 0.05 }), seed },
    ['uniform'],
  ),
  RandomNormal: kerasClass(
    'randomNormal',
    { mean: number({ default: 0 }), stddev: number({ above: 0, default: 0.05 }), seed },
    ['normal'],
  ),
  TruncatedNormal: kerasClass('truncatedNormal', {
    mean: number({ default: 0 }),
    stddev: number({ above: 0, default: 0.05 }),
    seed,
  }),
  VarianceScaling: kerasClass('varianceScaling', {
    scale: number({ above: 0, default: 1 }),
    mode: oneOf('fan_in', 'fan_out', 'fan_avg'),
    distribution,
    seed,
  }),
  GlorotUniform: kerasClass('glorotUniform', seeded, ['xavierUniform']),
  GlorotNormal: kerasClass('glorotNormal', seeded, ['xavierNormal']),
  HeUniform: kerasClass('heUniform', seeded),
  HeNormal: kerasClass('heNormal', seeded),
  LeCunUniform: kerasClass('leCunUniform', seeded),
  LeCunNormal: kerasClass('leCunNormal', seeded),
  Orthogonal: kerasClass('orthogonal', { gain: number({ default: 1 }), seed }, [
    'orthogonalInitializer',
  ]),
  Identity: kerasClass('identity', { gain: number({ default: 1 }) }, ['identityInitializer']),
};

type ClassName = keyof typeof initializerTable;

/** An initializer by name, or made with `initializers`. */
type Initializer =
  (typeof initializerTable)[ClassName]['call'] | ClassName | SnakeName | KerasObject;

type SnakeName =
  Snake<Exclude<ClassName, 'LeCunUniform' | 'LeCunNormal'>> | 'lecun_uniform' | 'lecun_normal';
type Snake<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${Lowercase<First>}${SnakeRest<Rest>}`
  : Name;
type SnakeRest<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeRest<Rest>}`
  : Name;

export function initializer(byDefault: ClassName): Option<Initializer, false, KerasObject> {
  return {
    required: false,
    schema: { $ref: '#/$defs/initializer', default: { class_name: byDefault, config: {} } },
    read: (value) => readObject(initializerTable, value),
  };
}
