import { layer } from '../definition.ts';

/** Stands behind what ends a mask in Keras and hands it on here. */
export const endOfMask = layer('EndOfMask', { call: (_options, _weights, { input }) => input });
