import type { KerasObject } from '../../contract.ts';
import { GraderError } from '../../errors.ts';
import { registerKerasLayers } from '../layers/register.ts';
import { tf, type LayersModel } from '../tensorflow/tf.ts';

/**
 * The model of a Keras-style configuration, with fresh weights on the active backend.
 * Throws with fault `candidate` what TF.js has against it: shapes that do not fit, and the like.
 */
export async function buildModel(config: KerasObject): Promise<LayersModel> {
  registerKerasLayers();
  try {
    const modelTopology = structuredClone(config) as object;
    return await tf.loadLayersModel(tf.io.fromMemory({ modelTopology }));
  } catch (error) {
    const reason = error instanceof Error ? firstLine(error.message) : String(error);
    throw new GraderError(
      {
        fault: 'candidate',
        code: 'model-does-not-build',
        message: `The model cannot be built: ${reason}`,
        help: 'Check that each layer takes the shape that the layer before it gives.',
      },
      { cause: error },
    );
  }
}

/** TF.js goes on with advice for its own authors. */
function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
