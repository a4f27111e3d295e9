import {
  bools,
  drawnShape,
  floats,
  int,
  ints,
  one,
  T,
  type,
  wholeBelow,
  wholes,
} from './values.js';

const unary = [
  ...[
    'Abs',
    'Acos',
    'Acosh',
    'Asin',
    'Asinh',
    'Atan',
    'Atanh',
    'Ceil',
    'Cos',
    'Cosh',
    'Elu',
    'Erf',
  ],
  ...['Exp', 'Expm1', 'Floor', 'LeakyRelu', 'Log', 'Log1p', 'Neg', 'OnesLike', 'Reciprocal'],
  ...['Relu', 'Relu6', 'Round', 'Rsqrt', 'Selu', 'Sigmoid', 'Sign', 'Sin', 'Sinh', 'Softplus'],
  ...['Sqrt', 'Square', 'Tan', 'Tanh', 'ZerosLike', 'IsFinite', 'IsInf', 'IsNan'],
];

const gradients = [
  ...['EluGrad', 'LeakyReluGrad', 'Relu6Grad', 'ReluGrad', 'SeluGrad', 'SigmoidGrad'],
  ...['SoftplusGrad', 'TanhGrad'],
];

const binary = [
  ...['Add', 'Atan2', 'Div', 'DivNoNan', 'FloorMod', 'Maximum', 'Minimum', 'Mul', 'Pow', 'RealDiv'],
  ...['SquaredDifference', 'Sub', 'Equal', 'Greater', 'GreaterEqual', 'Less', 'LessEqual'],
  'NotEqual',
];
const ofWholes = ['Add', 'FloorDiv', 'FloorMod', 'Maximum', 'Mul', 'Sub', 'Equal', 'Less'];

/** Two shapes that broadcast: some lengths are 1 and some axes are missing on one side. */
function pair() {
  const full = drawnShape(1 + wholeBelow(4));
  const thin = (shape) => shape.map((length) => (wholeBelow(3) === 0 ? 1 : length));
  const [a, b] = [thin(full), thin(full).slice(wholeBelow(full.length))];
  return wholeBelow(2) === 0 ? [a, b] : [b, a];
}

const three = (make) => [make(), make(), make()];
const drawn = () => floats(...drawnShape(wholeBelow(5)));
const grid = () => floats(...drawnShape(3));

export const elementwise = [
  ...unary.flatMap((op) => three(() => one(op, T(), [drawn()]))),
  ...gradients.map((op) => {
    const shape = drawnShape(3);
    return one(op, T(), [floats(...shape), floats(...shape)]);
  }),
  ...binary.flatMap((op) =>
    three(() =>
      one(
        op,
        T(),
        pair().map((shape) => floats(...shape)),
      ),
    ),
  ),
  ...ofWholes.map((op) =>
    one(
      op,
      T('int32'),
      pair().map((shape) => wholes(...shape)),
    ),
  ),
  ...['LogicalAnd', 'LogicalOr'].map((op) =>
    one(
      op,
      {},
      pair().map((shape) => bools(...shape)),
    ),
  ),
  one('LogicalNot', {}, [bools(2, 3)]),
  one('Equal', T('bool'), [bools(2, 3), bools(3)]),
  one('Softmax', T(), [grid()]),
  ...['Cumsum', 'Cumprod'].map((op) => {
    const options = { exclusive: { bool: true }, reverse: { bool: true } };
    return one(op, { ...T(), Tidx: int, ...options }, [grid(), ints(1)]);
  }),
  one('Cumsum', { ...T('int32'), Tidx: int }, [wholes(2, 3), ints(0)]),
  one('ReverseV2', { ...T(), Tidx: int }, [grid(), ints([0, 2])]),
  one('AddN', { ...T(), N: { int: 3 } }, [floats(2, 3), floats(2, 3), floats(2, 3)]),
  ...['float32', 'int32', 'bool'].map((to) =>
    one('Cast', { SrcT: type('float32'), DstT: type(to), Truncate: { bool: false } }, [grid()]),
  ),
  one('Cast', { SrcT: type('bool'), DstT: int, Truncate: { bool: false } }, [bools(4)]),
  one('Select', T(), [bools(2, 3), floats(2, 3), floats(2, 3)]),
  one('Select', T(), [bools(2), floats(2, 3, 2), floats(2, 3, 2)]),
  one('Select', T('int32'), [bools(2), wholes(2), wholes(2)]),
];
