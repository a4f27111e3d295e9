import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  classNamed,
  firstShape,
  firstTensor,
  positiveAxes,
  replaceClass,
  type BaseLayer,
  type Config,
  type LayerShape,
  type LayerVariable,
} from '../class-map.ts';

interface NormalizationLayer extends BaseLayer {
  axis: number | number[];
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  gamma: LayerVariable | null;
  beta: LayerVariable | null;
}

/** LayerNormalization over one axis or several, in their order, with the constraints of Keras. */
export function registerLayerNormalization(): void {
  const Base = classNamed<NormalizationLayer>('LayerNormalization');
  replaceClass(
    'LayerNormalization',
    class LayerNormalization extends Base {
      private readonly given: Config;

      constructor(config: Config) {
        super(config);
        const { axis = -1, betaConstraint = null, gammaConstraint = null } = config;
        this.given = { axis, betaConstraint, gammaConstraint };
      }

      override build(shape: LayerShape): void {
        const { length } = firstShape(shape);
        this.axis = positiveAxes(this.axis, length).sort((a, b) => a - b);
        super.build(shape);
        constrain(this.gamma, this.given['gammaConstraint']);
        constrain(this.beta, this.given['betaConstraint']);
      }

      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        return tf.tidy(() => normalize(this, firstTensor(inputs)));
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), ...this.given };
      }
    },
  );
}

function normalize(layer: NormalizationLayer, input: Tensor): Tensor {
  const axes = [layer.axis].flat();
  const broadcast = input.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
  const { mean, variance } = tf.moments(input, axes, true);
  const normalized = tf.mul(tf.sub(input, mean), tf.rsqrt(tf.add(variance, layer.epsilon)));
  const scaled = layer.gamma
    ? tf.mul(normalized, tf.reshape(layer.gamma.read(), broadcast))
    : normalized;
  return layer.beta ? tf.add(scaled, tf.reshape(layer.beta.read(), broadcast)) : scaled;
}

interface Given {
  readonly className: string;
  readonly config: Config;
}

function constrain(weight: LayerVariable | null, given: unknown): void {
  if (!weight || !given) return;
  const { className, config } = given as Given;
  const Constraint = classNamed<object>(className);
  Object.assign(weight, { constraint: new Constraint(config) });
}
