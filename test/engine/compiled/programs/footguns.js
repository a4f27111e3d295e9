// node footguns.js ADDON -: every known trap of compiling a training; one JSON line of facts each.
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { batchTraps } from './footguns/batches.js';
import { layerTraps } from './footguns/layers.js';
import { randomTraps } from './footguns/randomness.js';
import { stateTraps } from './footguns/state.js';
import { traceTraps } from './footguns/tracing.js';

const native = loadTensorFlow({ addon: process.argv[2] });
const traps = { ...randomTraps, ...stateTraps, ...batchTraps, ...layerTraps, ...traceTraps };

for (const [name, trap] of Object.entries(traps)) {
  try {
    console.log(JSON.stringify({ name, ...(await trap(native)) }));
  } catch (error) {
    console.log(JSON.stringify({ name, error: error.stack }));
  }
}
