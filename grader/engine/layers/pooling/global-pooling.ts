import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstShape,
  firstTensor,
  replaceClass,
  type BaseLayer,
  type CallOptions,
  type Config,
  type LayerShape,
} from '../class-map.ts';

const axesOfClass = {
  GlobalAveragePooling1D: [1],
  GlobalMaxPooling1D: [1],
  GlobalAveragePooling2D: [1, 2],
  GlobalMaxPooling2D: [1, 2],
};

/** Global pooling whose pooled axes stay, with size one, where `keepdims` asks for it. */
export function registerKeptDimensions(): void {
  for (const [className, axes] of Object.entries(axesOfClass)) register(className, axes);
}

function register(className: string, axes: readonly number[]): void {
  const Base = classNamed<BaseLayer>(className);
  replaceClass(
    className,
    class extends Base {
      private readonly keepdims: boolean;

      constructor(config: Config) {
        super(config);
        this.keepdims = config['keepdims'] === true;
      }

      override computeOutputShape(shape: LayerShape): LayerShape {
        const pooled = super.computeOutputShape(shape);
        if (!this.keepdims) return pooled;
        const given = firstShape(shape);
        return given.map((size, axis) => (axes.includes(axis) ? 1 : size));
      }

      override call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[] {
        const pooled = super.call(inputs, options);
        if (!this.keepdims) return pooled;
        const { shape } = firstTensor(inputs);
        return tf.tidy(() =>
          tf.reshape(
            firstTensor(pooled),
            shape.map((size, axis) => (axes.includes(axis) ? 1 : size)),
          ),
        );
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), keepdims: this.keepdims };
      }
    },
  );
}
