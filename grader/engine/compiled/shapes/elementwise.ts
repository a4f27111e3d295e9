import { broadcast, input, like, typeOf, type ShapeRule } from './rule.ts';

const unary = [
  ...['Abs', 'Acos', 'Acosh', 'Asin', 'Asinh', 'Atan', 'Atanh', 'Ceil', 'Cos', 'Cosh', 'Elu'],
  ...['Erf', 'Exp', 'Expm1', 'Floor', 'LeakyRelu', 'Log', 'Log1p'],
  ...['Neg', 'OnesLike', 'Reciprocal', 'Relu', 'Relu6', 'Round', 'Rsqrt', 'Selu', 'Sigmoid'],
  ...['Sign', 'Sin', 'Sinh', 'Softmax', 'Softplus', 'Sqrt', 'Square', 'Tan'],
  ...['Tanh', 'ZerosLike', 'Cumsum', 'Cumprod', 'ReverseV2'],
];

/** Gradients whose result has the shape of their first input. */
const gradients = [
  ...['EluGrad', 'LeakyReluGrad', 'Relu6Grad', 'ReluGrad', 'SeluGrad', 'SigmoidGrad'],
  ...['SoftplusGrad', 'TanhGrad', 'MaxPoolGrad'],
];

const binary = [
  ...['Add', 'Atan2', 'Div', 'DivNoNan', 'FloorDiv', 'FloorMod', 'Maximum', 'Minimum'],
  ...['Mul', 'Pow', 'RealDiv', 'SquaredDifference', 'Sub'],
];

const comparisons = [
  ...['Equal', 'Greater', 'GreaterEqual', 'Less', 'LessEqual', 'LogicalAnd', 'LogicalOr'],
  'NotEqual',
];

const binaryRule: ShapeRule = (facts) => {
  const [a, b] = [input(facts, 0), input(facts, 1)];
  return [{ shape: broadcast(a.shape, b.shape), dtype: a.dtype }];
};

const comparisonRule: ShapeRule = (facts) => {
  const shape = broadcast(input(facts, 0).shape, input(facts, 1).shape);
  return [{ shape, dtype: 'bool' }];
};

const testRule: ShapeRule = (facts) => [{ shape: input(facts, 0).shape, dtype: 'bool' }];

const all = (names: readonly string[], rule: ShapeRule) =>
  Object.fromEntries(names.map((name) => [name, rule]));

export const elementwiseRules: Readonly<Record<string, ShapeRule>> = {
  ...all([...unary, ...gradients], like(0)),
  ...all(binary, binaryRule),
  ...all(comparisons, comparisonRule),
  ...all(['IsFinite', 'IsInf', 'IsNan', 'LogicalNot'], testRule),
  AddN: like(0),
  Cast: (facts) => [{ shape: input(facts, 0).shape, dtype: typeOf(facts, 'DstT', 'float32') }],
  Select: like(1),
};
