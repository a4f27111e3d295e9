import type { Option } from './option.ts';
import { boolean, number, oneOf } from './option.ts';

/** A share of the size where it is below 1, pixels from there on, as in Keras. */
const shift = number({ min: 0, max: 1000, default: 0 });

export const augmentationOptions = {
  /** Degrees, to either side. */
  rotationRange: number({ min: 0, max: 180, default: 0 }),
  /** Share of the width below 1, pixels from 1 on. */
  widthShiftRange: shift,
  /** Share of the height below 1, pixels from 1 on. */
  heightShiftRange: shift,
  /** Degrees. */
  shearRange: number({ min: 0, max: 180, default: 0 }),
  /** `0.2` for factors between 0.8 and 1.2, or the two factors. */
  zoomRange: zoom(),
  horizontalFlip: boolean(false),
  verticalFlip: boolean(false),
  /** What fills the space beyond the border. */
  fillMode: oneOf('nearest', 'constant', 'reflect', 'wrap'),
  /** The value of `fillMode: 'constant'`. */
  cval: number({ default: 0 }),
  /** Images arrive in [0, 1] already: only 1/255 is taken, and ignored. */
  rescale: rescale(),
};

function zoom(): Option<number | readonly [number, number]> {
  return {
    required: false,
    schema: {
      type: 'array',
      items: { type: 'number', exclusiveMinimum: 0, maximum: 10 },
      minItems: 2,
      maxItems: 2,
      default: [1, 1],
    },
    read: (value) => (typeof value === 'number' ? [1 - value, 1 + value] : value),
  };
}

function rescale(): Option<number | null> {
  return {
    required: false,
    schema: { type: ['number', 'null'] },
  };
}
