import { GraderError } from '../errors.ts';
import { serve } from '../process/serve.ts';
import { loadTensorFlow } from '../engine/tensorflow/native.ts';
import type { Engine } from './engine.ts';
import type { ProbeResult } from './start.ts';

serve((job) => Promise.resolve().then(() => probe(job as Engine)));

function probe(engine: Engine): ProbeResult {
  const { tf, version, usesGpu } = loadTensorFlow(engine);
  const identity = tf.eye(8);
  const product = tf.matMul(identity, tf.fill([8, 8], 3)).dataSync();
  if (product.length !== 64 || product.some((value) => value !== 3)) {
    throw new GraderError({
      fault: 'machine',
      code: 'engine-broken',
      message: `TensorFlow ${version} multiplies wrongly: a matrix of threes became ${product.join(' ')}.`,
      help: 'Make the engine anew: grader setup --force.',
    });
  }
  return { version, usesGpu };
}
