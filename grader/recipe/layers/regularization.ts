import { nullable, number, required, shape } from '../option.ts';
import { rate, seed } from './basic.ts';
import { layerClass } from './layer-class.ts';

export const noiseLayers = {
  GaussianNoise: layerClass('gaussianNoise', { stddev: required(number({ min: 0 })), seed }),
  GaussianDropout: layerClass('gaussianDropout', { rate: required(rate), seed }),
  AlphaDropout: layerClass('alphaDropout', {
    rate: required(rate),
    noiseShape: nullable(shape()),
    seed,
  }),
};
