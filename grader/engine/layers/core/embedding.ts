import { showShape } from '../../../text/shape.ts';
import { layer } from '../definition.ts';
import { tf } from '../../tensorflow/tf.ts';

export const embedding = layer('Embedding', {
  inputShape: ({ inputLength }) => [null, inputLength],
  check({ inputLength }, [input]) {
    const [, length = null] = input;
    if (inputLength === null || (input.length === 2 && (length ?? inputLength) === inputLength)) {
      return;
    }
    throw new Error(
      `"inputLength" is ${inputLength}, but received input shape has shape ${showShape(input)}`,
    );
  },
  weights: ({ inputDim, outputDim, ...options }) => ({
    embeddings: {
      shape: [inputDim, outputDim],
      initializer: options.embeddingsInitializer,
      regularizer: options.embeddingsRegularizer,
      constraint: options.embeddingsConstraint,
    },
  }),
  shape: ({ inputLength, outputDim }, [input]) => {
    if (inputLength === null) return [...input, outputDim];
    return [input[0] ?? null, inputLength, outputDim];
  },
  call({ outputDim }, { embeddings }, { input }) {
    const ids = input.dtype === 'int32' ? input : tf.cast(input, 'int32');
    const vectors = tf.gather(embeddings, tf.reshape(ids, [ids.size]));
    return tf.reshape(vectors, [...ids.shape, outputDim]);
  },
  mask: ({ maskZero }, { input }) => (maskZero ? tf.notEqual(input, tf.zerosLike(input)) : null),
});
