import type { Augmentation, ShiftRange } from '../contract.ts';
import { isObject } from './keras-class.ts';
import { snakeCase } from './names.ts';
import type { Option } from './option.ts';
import { boolean, nullable, number, oneOf, only, optional } from './option.ts';

const statistics =
  "it needs statistics of all training pictures (Keras's fit); layers.batchNormalization at the start of the model keeps its own";

/** Keras's ImageDataGenerator (keras/src/legacy/preprocessing/image.py). */
export const augmentationOptions = {
  /** Degrees, to either side. */
  rotationRange: said('degrees, to either side', number({ min: 0, max: 360, default: 0 })),
  /** Share of the width below 1; a whole number N for -(N - 1) to N - 1 pixels; or pixels to choose from. */
  widthShiftRange: shift(),
  /** The same of the height. */
  heightShiftRange: shift(),
  /** Degrees. */
  shearRange: said('degrees, to either side', number({ min: 0, max: 360, default: 0 })),
  /** `0.2` for factors between 0.8 and 1.2, or the two factors; below 1 enlarges. */
  zoomRange: zoom(),
  horizontalFlip: boolean(false),
  verticalFlip: boolean(false),
  /** What fills the space beyond the border. */
  fillMode: oneOf('nearest', 'constant', 'reflect', 'wrap'),
  /** The value of `fillMode: 'constant'`. */
  cval: number({ default: 0 }),
  /** Added to every channel, to either side; the picture keeps its least and its largest value. */
  channelShiftRange: number({ min: 0, default: 0 }),
  /** `[0.8, 1.2]`: factors of the pixels, which become whole numbers from 0 to 255 for it, as in Keras. */
  brightnessRange: nullable(pair('[lower, upper] factors such as [0.8, 1.2]', 0)),
  /** Takes each training picture's mean off it. */
  samplewiseCenter: boolean(false),
  /** Divides each training picture by its standard deviation, without its mean. */
  samplewiseStdNormalization: boolean(false),
  /** 1/255, where Keras is given pixels up to 255: `cval` and `channelShiftRange` count such. */
  rescale: optional(nullable(number())),
  featurewiseCenter: never(false, statistics),
  featurewiseStdNormalization: never(false, statistics),
  zcaWhitening: never(false, statistics),
  zcaEpsilon: optional(number()),
  preprocessingFunction: never(
    null,
    'a recipe holds no code; layers such as layers.rescaling do it in the model',
  ),
  dataFormat: never('channels_last', 'pictures come as [height, width, channels]'),
  validationSplit: never(0, 'fit has a validationSplit'),
  interpolationOrder: never(1, 'pixels are sampled bilinearly'),
  dtype: never('float32', 'models are trained in float32'),
};

/** The option with what is said where a value is refused. */
function said<Value, Stored>(
  description: string,
  option: Option<Value, false, Stored>,
): Option<Value, false, Stored> {
  return { ...option, schema: { ...option.schema, description } };
}

/** A switch of Keras that is there in one position, and why. */
function never<const Value extends boolean | string | number | null>(value: Value, why: string) {
  return said(why, optional(only(value)));
}

function shift(): Option<ShiftRange> {
  return {
    required: false,
    schema: {
      type: ['number', 'array'],
      minimum: 0,
      maximum: 1000,
      items: { type: 'number', minimum: -1000, maximum: 1000 },
      minItems: 1,
      maxItems: 1000,
      default: 0,
      description: 'a share of the size below 1, pixels from there on, or a list of pixels',
    },
  };
}

function pair(description: string, least: number): Option<readonly [number, number]> {
  return {
    required: false,
    schema: {
      type: 'array',
      items: { type: 'number', minimum: least, maximum: 10, description },
      minItems: 2,
      maxItems: 2,
      description,
    },
  };
}

function zoom(): Option<number | readonly [number, number]> {
  const { schema } = pair('0.2 stands for [0.8, 1.2]; or the two factors', -10);
  return {
    required: false,
    schema: { ...schema, type: ['number', 'array'], minimum: 0, maximum: 9, default: [1, 1] },
  };
}

/** As the candidate wrote each key, by the document's. */
type Spellings = ReadonlyMap<string, string>;

/** Brings the keys to Keras's, in place. */
export function readSpellings(augmentation: Record<string, unknown>): Spellings {
  const written = Object.keys(augmentation).filter((key) =>
    Object.hasOwn(augmentationOptions, key),
  );
  const others = written.filter((key) => key !== snakeCase(key));
  for (const key of others) {
    const { [key]: value } = augmentation;
    Reflect.deleteProperty(augmentation, key);
    augmentation[snakeCase(key)] ??= value;
  }
  return new Map(others.map((key) => [snakeCase(key), key]));
}

/** A problem of the augmentation in the candidate's own spelling. */
export function spelled(problem: string, spellings: Spellings): string {
  return problem.replace(/^(\/augmentation\/)(\w+)/, (_, path: string, key: string) => {
    return `${path}${spellings.get(key) ?? key}`;
  });
}

/** What a valid document still gets wrong. */
export function checkAugmentation(given: unknown): readonly string[] {
  const rescale = isObject(given) ? given['rescale'] : null;
  if (typeof rescale !== 'number' || Math.abs(rescale - 1 / 255) <= 1e-9) return [];
  return [
    `/augmentation/rescale must be 1/255 or left out, got ${rescale}: the images arrive in [0, 1] already.`,
  ];
}

/** As a valid document has it. */
interface Read extends Omit<Augmentation, 'zoom_range'> {
  readonly zoom_range: number | Augmentation['zoom_range'];
  readonly rescale?: number | null;
}

/** A valid document's augmentation as a training takes it, for pixels from 0 to 1; `notes` says what it changes. */
export function settleAugmentation(given: Read, notes: string[]): Augmentation {
  const say = (note: string) => notes.push(`augmentation.${note}`);
  const whole = given.rescale ? 255 : 1;
  if (given.rescale) say(rescaleNote(given));
  for (const key of ['width_shift_range', 'height_shift_range'] as const) {
    if (given[key] === 1)
      say(`${key} 1 moves nothing, as in Keras: N stands for less than N pixels.`);
  }
  const isDivided = given.samplewise_std_normalization;
  const isCentered = given.samplewise_center || isDivided;
  if (isDivided && !given.samplewise_center)
    say('samplewise_center is on, as in Keras beside samplewise_std_normalization.');
  if (isCentered) say(trainingAlone);
  const { zoom_range: zoomed } = given;
  return {
    rotation_range: given.rotation_range,
    width_shift_range: given.width_shift_range,
    height_shift_range: given.height_shift_range,
    shear_range: given.shear_range,
    zoom_range: typeof zoomed === 'number' ? [1 - zoomed, 1 + zoomed] : zoomed,
    horizontal_flip: given.horizontal_flip,
    vertical_flip: given.vertical_flip,
    fill_mode: given.fill_mode,
    cval: given.cval / whole,
    channel_shift_range: given.channel_shift_range / whole,
    brightness_range: given.brightness_range,
    samplewise_center: isCentered,
    samplewise_std_normalization: isDivided,
  };
}

const trainingAlone =
  'samplewise_center changes the training pictures alone; those of validation and of the score are given to the model as they are. layers.layerNormalization({ axis: [1, 2, 3], center: false, scale: false }) does so in the model, to all.';

function rescaleNote({ cval, channel_shift_range: shifted }: Read): string {
  const note = 'rescale 1/255 is ignored: the images arrive in [0, 1] already';
  const scaled = cval !== 0 || shifted !== 0;
  return scaled ? `${note}; cval and channel_shift_range count from 0 to 255.` : `${note}.`;
}
