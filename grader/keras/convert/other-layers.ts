import { show } from '../../text/show.ts';
import type { Conversion } from './conversion.ts';
import { convertLambda } from './lambda/convert-lambda.ts';

interface FileLayer {
  readonly className: string;
  readonly name: string;
  readonly config: Record<string, unknown>;
  readonly trainable: boolean;
}

interface OtherLayer {
  /** The options that it has, which are read, or said to be without effect with all of the layer. */
  readonly read: readonly string[];
  readonly convert: (
    conversion: Conversion,
    layer: FileLayer,
  ) => { readonly className: string; readonly config: Record<string, unknown> };
}

/** What augmentation layers have in common. */
const ofPictures = ['seed', 'data_format', 'value_range', 'rng_type'];
const sampled = ['interpolation', 'fill_mode', 'fill_value'];

/** Layers of Keras that do nothing in prediction, with their options. */
const ofTraining: Readonly<Record<string, readonly string[]>> = {
  ActivityRegularization: ['l1', 'l2'],
  AugMix: ['num_chains', 'chain_depth', 'factor', 'alpha', 'all_ops', 'interpolation'],
  CutMix: ['factor'],
  MaxNumBoundingBoxes: ['max_number'],
  MixUp: ['alpha'],
  RandAugment: ['num_ops', 'factor', 'interpolation'],
  RandomColorDegeneration: ['factor'],
  RandomColorJitter: [
    ...['brightness_factor', 'contrast_factor', 'saturation_factor', 'hue_factor'],
  ],
  RandomElasticTransform: ['factor', 'scale', ...sampled],
  RandomErasing: ['factor', 'scale', 'fill_value'],
  RandomGaussianBlur: ['factor', 'kernel_size', 'sigma'],
  RandomGrayscale: ['factor'],
  RandomHeight: ['factor', 'interpolation'],
  RandomHue: ['factor'],
  RandomInvert: ['factor'],
  RandomPerspective: ['factor', 'scale', ...sampled],
  RandomPosterization: ['factor'],
  RandomSaturation: ['factor'],
  RandomSharpness: ['factor'],
  RandomShear: ['x_factor', 'y_factor', ...sampled],
  RandomWidth: ['factor', 'interpolation'],
  Solarization: ['addition_factor', 'threshold_factor'],
};

/** With all of its options: none is used. */
function described({ name, className, config }: FileLayer): string {
  const options = Object.entries(config).filter(([key]) => isOwn(className, key));
  const shown = options.map(([key, value]) => `${key} ${show(value)}`).join(', ');
  return `The layer ${show(name)} (${className}: ${shown})`;
}

function isOwn(className: string, key: string): boolean {
  return otherLayers[className]?.read.includes(key) ?? false;
}

function leaveOut({ trainingNotes }: Conversion, layer: FileLayer) {
  trainingNotes.add(`${described(layer)} acts in training alone and is left out.`);
  const { className } = layer;
  const isPenalty = className === 'ActivityRegularization';
  return { className: 'Identity', config: isPenalty ? {} : { supports_masking: false } };
}

/**
 * In prediction Keras 2 cuts the largest part of the wanted proportions out of the middle and resizes
 * it; Keras 3 hands pictures on as they are, whatever shape it states.
 */
function convertRandomCrop(conversion: Conversion, layer: FileLayer) {
  const { height, width } = layer.config;
  if (conversion.generation === 'keras3') return leaveOut(conversion, layer);
  conversion.trainingNotes.add(`${described(layer)} cuts the middle out, as in prediction.`);
  return { className: 'Resizing', config: { height, width, crop_to_aspect_ratio: true } };
}

/** Layers of Keras that become others. */
export const otherLayers: Readonly<Record<string, OtherLayer>> = {
  ...Object.fromEntries(
    Object.entries(ofTraining).map(([className, options]) => {
      return [className, { read: [...options, ...ofPictures], convert: leaveOut }];
    }),
  ),
  Lambda: {
    read: ['function', 'arguments', 'mask'],
    convert: (_conversion, layer) => convertLambda(layer),
  },
  RandomCrop: { read: ['height', 'width', ...ofPictures], convert: convertRandomCrop },
};
