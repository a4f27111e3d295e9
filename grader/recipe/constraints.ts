import type { KerasObject } from '../contract.ts';
import { kerasClass, nullableObject } from './keras-class.ts';
import type { Option } from './option.ts';
import { number } from './option.ts';

/** Those along which lengths are measured; several for the kernels of convolutions. */
const axis: Option<number | readonly number[]> = {
  required: false,
  schema: {
    ...{ type: ['integer', 'array'], minimum: 0, maximum: 7 },
    items: { type: 'integer', minimum: 0, maximum: 7 },
    minItems: 1,
    maxItems: 7,
    default: 0,
  },
};

export const constraintTable = {
  MaxNorm: kerasClass('maxNorm', { maxValue: number({ above: 0, default: 2 }), axis }),
  UnitNorm: kerasClass('unitNorm', { axis }),
  NonNeg: kerasClass('nonNeg', {}),
  MinMaxNorm: kerasClass('minMaxNorm', {
    minValue: number({ min: 0, default: 0 }),
    maxValue: number({ above: 0, default: 1 }),
    rate: number({ min: 0, max: 1, default: 1 }),
    axis,
  }),
};

type ClassName = keyof typeof constraintTable;

/** A constraint by name, or as `{class_name: 'MaxNorm', config: {max_value: 2}}`. */
type Constraint =
  | (typeof constraintTable)[ClassName]['call']
  | 'max_norm'
  | 'unit_norm'
  | 'non_neg'
  | 'min_max_norm'
  | KerasObject;

export function constraint(): Option<Constraint | null, false, KerasObject | null> {
  return nullableObject<Constraint>('constraint', constraintTable);
}
