import { layer, passesMask } from '../definition.ts';

export const identity = layer('Identity', {
  call: (_options, _weights, { input }) => input,
  mask: passesMask,
});
