import { applyMasked } from '../model/apply-model.ts';
import type { Layer } from '../model/model.ts';
import { tf } from '../tensorflow/tf.ts';
import type { TrainerSettings } from './settings.ts';

/** Of each output, whether a mask that counts comes with it: found by one example of zeros. */
export function maskedOutputs({ model, recipe, training }: TrainerSettings): readonly boolean[] {
  const { outputMasks } = recipe.compile;
  if (outputMasks === 'none' || !model.layers.some(makesMask))
    return model.outputs.map(() => false);
  return tf.tidy(() => {
    const inputs = training.inputs.map((reader) =>
      reader.form(tf.zeros([1, ...reader.array.shape.slice(1)], reader.dtype)),
    );
    const outputs = applyMasked(model, inputs, { training: false });
    return outputs.map(({ mask }) => mask !== undefined);
  });
}

function makesMask({ className, config, within }: Layer): boolean {
  const isMaker =
    className === 'Masking' || (className === 'Embedding' && config['mask_zero'] === true);
  return isMaker || within.some(makesMask);
}
