import { layer } from '../definition.ts';

/** Where data enter a model, which brings them there itself. */
export const inputLayer = layer('InputLayer', { call: (_options, _weights, { input }) => input });
