import type { Option } from '../option.ts';
import { boolean, integer, nullable, number, oneOf, only, required } from '../option.ts';
import { seed } from './basic.ts';
import { layerClass } from './layer-class.ts';
import { factor, numbers, range } from './options.ts';

const dataFormat = only('channels_last');
const pixels = required(integer({ min: 1, max: 4096 }));
const valueRange = range(0, 255);
const tokens = integer({ min: 1, max: 65_536 });
const outputModes = oneOf('multi_hot', 'one_hot', 'count');

const sampled = {
  /** What fills the places that come from outside of the picture. */
  fillMode: oneOf('reflect', 'wrap', 'constant', 'nearest'),
  interpolation: oneOf('bilinear', 'nearest'),
  seed,
  /** For `fillMode: 'constant'`. */
  fillValue: number({ default: 0 }),
  dataFormat,
};

/** Layers at the input: what Keras does with data inside of the model. */
export const preprocessingLayers = {
  /** (x - mean) / deviation, with a mean and a variance that are given. */
  Normalization: layerClass('normalization', {
    /** Axes that have statistics of their own; null for one mean of everything. */
    axis: keptAxes(),
    /** A number, or nested lists of the kept axes' sizes; null leaves the input as it is. */
    mean: nullable(numbers(3)),
    variance: nullable(numbers(3)),
    /** The way back: x * deviation + mean. */
    invert: boolean(false),
  }),
  /** x * scale + offset. */
  Rescaling: layerClass('rescaling', {
    /** A number, or one for each place of the last axis. */
    scale: required(numbers(1)),
    offset: numbers(1, 0),
  }),
  /** Pictures [batch, height, width, channels] in another size. */
  Resizing: layerClass('resizing', {
    height: pixels,
    width: pixels,
    interpolation: oneOf('bilinear', 'nearest', 'bicubic', 'lanczos3', 'lanczos5'),
    /** Cuts the middle of the wanted proportions out first, which are not kept otherwise. */
    cropToAspectRatio: boolean(false),
    /** Adds borders of the fill value on both sides first. */
    padToAspectRatio: boolean(false),
    fillMode: only('constant'),
    fillValue: number({ default: 0 }),
    /** Smooths what becomes smaller. */
    antialias: boolean(false),
    dataFormat,
  }),
  /** What is known of numbers from 0 to below `numTokens`: which they are, or how often each is there. */
  CategoryEncoding: layerClass('categoryEncoding', {
    numTokens: required(tokens),
    /** `multi_hot` and `count` are of all numbers of an example together, `one_hot` of each. */
    outputMode: { ...outputModes, read: (mode) => (mode === 'binary' ? 'multi_hot' : mode) },
    sparse: only(false),
  }),
  /** The number of the interval in which a value lies, from 0. */
  Discretization: layerClass('discretization', {
    /** Where intervals begin, in ascending order; the first begins at minus infinity. */
    binBoundaries: required(boundaries()),
    outputMode: oneOf('int', 'one_hot', 'multi_hot', 'count'),
    sparse: only(false),
  }),
  /** The middle of pictures; smaller ones are enlarged. */
  CenterCrop: layerClass('centerCrop', { height: pixels, width: pixels, dataFormat }),
  /** Mirrors about half of the pictures while training. */
  RandomFlip: layerClass('randomFlip', {
    mode: oneOf('horizontal_and_vertical', 'horizontal', 'vertical'),
    seed,
    dataFormat,
  }),
  /** Turns each picture about its middle while training. */
  RandomRotation: layerClass('randomRotation', {
    /** Share of a full turn: at most so much in both directions, or the two bounds. */
    factor: required(factor(-1, 1)),
    ...sampled,
  }),
  /** Enlarges or shrinks each picture while training. */
  RandomZoom: layerClass('randomZoom', {
    /** Share of the height; above zero pictures become smaller. */
    heightFactor: required(factor(-1, 1)),
    /** Null takes the height's draw, which keeps the proportions. */
    widthFactor: nullable(factor(-1, 1)),
    ...sampled,
  }),
  /** Moves each picture while training. */
  RandomTranslation: layerClass('randomTranslation', {
    /** Share of the height; above zero pictures move down. */
    heightFactor: required(factor(-1, 1)),
    /** Share of the width; above zero pictures move right. */
    widthFactor: required(factor(-1, 1)),
    ...sampled,
  }),
  /** Spreads each channel of each picture about its mean while training. */
  RandomContrast: layerClass('randomContrast', {
    /** Factors from 1 to 1 + factor; of two bounds, from 1 - first to 1 + second. */
    factor: required(factor(0, 1)),
    /** Results are clipped to it. */
    valueRange,
    seed,
    dataFormat,
  }),
  /** Makes each picture lighter or darker while training. */
  RandomBrightness: layerClass('randomBrightness', {
    /** Share of the value range that is added. */
    factor: required(factor(-1, 1)),
    /** Results are clipped to it. */
    valueRange,
    seed,
    dataFormat,
  }),
};

function boundaries(): Option<readonly number[]> {
  const items = { type: 'number' };
  return { required: false, schema: { type: 'array', items, minItems: 1, maxItems: 4096 } };
}

function keptAxes(): Option<number | readonly number[] | null> {
  const bounds = { type: 'integer', minimum: -7, maximum: 7 };
  return {
    required: false,
    schema: {
      ...{ ...bounds, type: ['integer', 'array', 'null'] },
      items: bounds,
      maxItems: 7,
      default: -1,
    },
  };
}
