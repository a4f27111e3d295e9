import type { KerasClass } from '../keras-class.ts';
import { kerasClass } from '../keras-class.ts';
import type { OptionTable } from '../option.ts';
import { also, boolean, ofFiles, shape, text } from '../option.ts';

const common = {
  /** Unique in the model; made from the class name where none is given. */
  name: text('^[A-Za-z0-9][A-Za-z0-9_.-]*$'),
  /** False freezes the layer's weights. */
  trainable: boolean(true),
  /** First layer only: the shape of one example, without the batch axis. */
  inputShape: shape(),
  /** First layer only: the same with the batch axis, `[null, 28, 28]`. */
  batchInputShape: also(['batch_shape'], shape()),
  /** False ends the mask of a sequence, as operations and Lambda layers do in Keras; written where it is. */
  supportsMasking: ofFiles(false),
};

/** What every layer has, whatever it computes. */
export type CommonOption = keyof typeof common;

/** A layer's own options together with those that every layer has. */
export function layerClass<const Call extends string, Options extends OptionTable>(
  call: Call,
  options: Options,
  aliases: readonly string[] = [],
): KerasClass<Call, typeof common & Options> {
  return kerasClass(call, { ...common, ...options }, aliases);
}
