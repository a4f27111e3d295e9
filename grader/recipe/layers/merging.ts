import type { Option } from '../option.ts';
import { boolean, ofFiles, required } from '../option.ts';
import { layerClass } from './layer-class.ts';
import { axis } from './options.ts';

const masks = {
  /** Masks as in Keras 2: a step counts where it counts in all sequences that have a mask. */
  keras2Masks: ofFiles(true),
};

export const mergeLayers = {
  Add: layerClass('add', masks),
  Average: layerClass('average', masks),
  Concatenate: layerClass('concatenate', { axis: axis(-1), ...masks }),
  Maximum: layerClass('maximum', masks),
  Minimum: layerClass('minimum', masks),
  Multiply: layerClass('multiply', masks),
  /** The first of two inputs without the second. */
  Subtract: layerClass('subtract', masks),
  Dot: layerClass('dot', {
    /** The axis of each input over which products are summed; axis 0 is the batch. */
    axes: required(bothAxes()),
    /** Scales to unit length first, which gives the cosine. */
    normalize: boolean(false),
  }),
};

function bothAxes(): Option<number | readonly [number, number], false, readonly [number, number]> {
  return {
    required: false,
    schema: {
      type: 'array',
      items: { type: 'integer', minimum: -3, maximum: 3 },
      minItems: 2,
      maxItems: 2,
    },
    read: (value) => (typeof value === 'number' ? [value, value] : value),
  };
}
