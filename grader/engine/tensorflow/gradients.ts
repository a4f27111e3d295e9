import { dataTypes, nativeOp, type AttributeValue } from './native-ops.ts';
import { tf, type Tensor } from './tf.ts';

interface Activation {
  readonly kernel: string;
  /** TensorFlow's op for its gradient. */
  readonly op: string;
  /** Which end of the activation the op takes beside the gradient. */
  readonly from: 'input' | 'output';
  readonly order: 'gradient first' | 'gradient last';
}

const activations: readonly Activation[] = [
  { kernel: 'Relu', op: 'ReluGrad', from: 'output', order: 'gradient first' },
  { kernel: 'Relu6', op: 'Relu6Grad', from: 'output', order: 'gradient first' },
  { kernel: 'LeakyRelu', op: 'LeakyReluGrad', from: 'input', order: 'gradient first' },
  { kernel: 'Elu', op: 'EluGrad', from: 'output', order: 'gradient first' },
  { kernel: 'Selu', op: 'SeluGrad', from: 'output', order: 'gradient first' },
  { kernel: 'Softplus', op: 'SoftplusGrad', from: 'input', order: 'gradient first' },
  { kernel: 'Sigmoid', op: 'SigmoidGrad', from: 'output', order: 'gradient last' },
  { kernel: 'Tanh', op: 'TanhGrad', from: 'output', order: 'gradient last' },
];

let isDone = false;

/**
 * Gradients of activations in one TensorFlow op each, where TF.js computes them in several. They
 * have no gradient of their own.
 */
export function registerGradients(): void {
  if (isDone) return;
  isDone = true;
  activations.forEach(register);
  Object.entries(comparisons).forEach(registerComparison);
}

/** Inputs of comparisons, of what is made of them, and of places. */
const comparisons = {
  ...{ Equal: ['a', 'b'], Greater: ['a', 'b'], GreaterEqual: ['a', 'b'], Less: ['a', 'b'] },
  ...{ LessEqual: ['a', 'b'], NotEqual: ['a', 'b'], LogicalAnd: ['a', 'b'], LogicalOr: ['a', 'b'] },
  ...{ Any: ['x'], ArgMax: ['x'], ArgMin: ['x'], IsFinite: ['x'], IsInf: ['x'], IsNan: ['x'] },
};

/** They are flat everywhere; TF.js has no gradient for them and fails in ThresholdedReLU and masks. */
function registerComparison([kernelName, inputs]: [string, string[]]): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: inputs,
    gradFunc: (_, saved) =>
      Object.fromEntries(inputs.map((name, at) => [name, () => tf.zeros(saved[at]?.shape ?? [])])),
  });
}

function register({ kernel, op, from, order }: Activation): void {
  tf.unregisterGradient(kernel);
  tf.registerGradient({
    kernelName: kernel,
    ...(from === 'input' ? { inputsToSave: ['x'] } : { outputsToSave: [true] }),
    gradFunc: (dy, saved, attributes) => {
      const values = saved[0] as Tensor;
      const given = order === 'gradient first' ? [dy as Tensor, values] : [values, dy];
      const settings = settingsOf(attributes);
      return { x: () => nativeOp(op, given, { attributes: settings, outputs: 1 })[0] as Tensor };
    },
  });
}

function settingsOf(given: { alpha?: number } | undefined): Record<string, AttributeValue> {
  const type = { T: { type: dataTypes.float32 } };
  return given?.alpha === undefined ? type : { ...type, alpha: { float: given.alpha } };
}
