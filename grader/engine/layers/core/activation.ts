import { activate } from '../activation/activations.ts';
import { layer, passesMask } from '../definition.ts';

export const activation = layer('Activation', {
  call: (options, _weights, { input }) => activate(options.activation, input),
  mask: passesMask,
});
