import type { Range } from '../../../recipe/layers/operations.ts';
import { ofTwo } from './arithmetic.ts';
import {
  made,
  named,
  single,
  type Expression,
  type Operation,
  type OperationCall,
} from './operation.ts';
import { isWhole, NotConverted, type Settings } from './settings.ts';

const all: Range = [null, null, 1];

/** Operations on pictures, [batch, height, width, channels], by their names as in `table.ts`. */
export const pictures: Readonly<Record<string, Operation>> = {
  resize(call) {
    const { settings } = call;
    const [height, width, ...others] = settings.integers('size') ?? [];
    const interpolation = settings.value('method', 'interpolation') ?? 'bilinear';
    if (width === undefined || others.length > 0 || !samplings.includes(interpolation)) {
      return settings.refuse(['method'], interpolation);
    }
    checkLast(call);
    settings.only('fill_mode', 'constant');
    settings.value('fill_value');
    const antialias = settings.isSet('antialias');
    return made('Resizing', { height, width, interpolation, antialias }, single(call));
  },
  rgbtograyscale(call) {
    // Of whole numbers they are other ones: TensorFlow scales them, Keras cuts the result.
    if (call.isWhole) throw new NotConverted('of whole numbers');
    checkLast(call);
    const gray = made('Einsum', { equation: '...c,c->...', constant: luma }, single(call));
    return made('ExpandDims', { axis: -1 }, gray);
  },
  /** Of numbers that are floats already; whole ones would be scaled. */
  convertimagedtype(call) {
    const { settings, isWhole } = call;
    const dtype = settings.value('dtype');
    if (dtype !== 'float32' || isWhole) settings.refuse(['dtype'], dtype);
    return single(call);
  },
  adjustbrightness(call) {
    const { settings, isWhole } = call;
    if (isWhole) throw new NotConverted('of whole numbers');
    return ofTwo('add', [single(call), settings.number(0, 'delta')]);
  },
  grayscaletorgb: (call) =>
    made('Slice', { parts: ['...', { take: 'tile', by: [3] }] }, single(call)),
  croptoboundingbox(call) {
    const { settings } = call;
    const [top, left] = [settings.number(0, 'offset_height'), settings.number(0, 'offset_width')];
    const [height, width] = [
      settings.number(0, 'target_height'),
      settings.number(0, 'target_width'),
    ];
    const parts = ['...', [top, top + height, 1], [left, left + width, 1], all];
    return made('Slice', { parts }, single(call));
  },
  cropimages(call) {
    const [top, bottom, left, right] = edges(call, 'cropping');
    const cut = (from: number, to: number): Range => [from, to === 0 ? null : -to, 1];
    return made('Slice', { parts: [all, cut(top, bottom), cut(left, right), all] }, single(call));
  },
  padimages(call) {
    const [top, bottom, left, right] = edges(call, 'padding');
    return made(
      'Pad',
      {
        paddings: [
          [0, 0],
          [top, bottom],
          [left, right],
          [0, 0],
        ],
      },
      single(call),
    );
  },
  depthtospace: (call) => inBlocks('DepthToSpace', call),
  spacetodepth: (call) => inBlocks('SpaceToDepth', call),
  lrn: responses,
  localresponsenormalization: responses,
  ...named(pooling, {
    ...{ maxpool: 'MaxPooling', maxpool1d: 'MaxPooling', maxpool2d: 'MaxPooling' },
    ...{ averagepool: 'AveragePooling', avgpool: 'AveragePooling' },
    ...{ avgpool1d: 'AveragePooling', avgpool2d: 'AveragePooling' },
  } as const),
};

/** As recipes have them in Resizing. */
const samplings: readonly unknown[] = ['bilinear', 'nearest', 'bicubic', 'lanczos3', 'lanczos5'];

/** Of red, green and blue (`rgb_to_grayscale` in tensorflow/python/ops/image_ops_impl.py). */
const luma = [0.2989, 0.587, 0.114];

function checkLast({ settings }: OperationCall): void {
  settings.only('data_format', 'channels_last', 'NHWC', 'NWC');
}

/** Windows over pictures or sequences; sizes may stand between those of the batch and the channels, which are 1. */
function pooling(kind: 'MaxPooling' | 'AveragePooling'): Operation {
  return (call) => {
    const { settings } = call;
    const x = single(call);
    const rank = x.kind === 'given' ? x.shape?.length : undefined;
    const axes = call.name.endsWith('1d') || rank === 3 ? 1 : 2;
    checkLast(call);
    const pool = windowOf(settings, axes, ['ksize', 'pool_size']);
    const strides = windowOf(settings, axes, ['strides']) ?? pool;
    const padding = settings.text('valid', 'padding').toLowerCase();
    if (padding !== 'valid' && padding !== 'same') settings.refuse(['padding'], padding);
    return made(`${kind}${axes}D`, { pool_size: pool, strides, padding }, x);
  };
}

function windowOf(
  ...[settings, axes, names]: [Settings, number, readonly string[]]
): readonly number[] | null {
  const given = settings.integers(...names);
  if (given === null) return null;
  const isWhole = given.length === axes + 2 && given[0] === 1 && given.at(-1) === 1;
  const sizes = isWhole ? given.slice(1, -1) : given;
  if (sizes.length === 1) return Array<number>(axes).fill(sizes[0] ?? 1);
  return sizes.length === axes ? sizes : settings.refuse(names, given);
}

function inBlocks(className: string, call: OperationCall): Expression {
  checkLast(call);
  return made(className, { block_size: call.settings.value('block_size') }, single(call));
}

function responses(call: OperationCall): Expression {
  const { settings } = call;
  const config = {
    depth_radius: settings.number(5, 'depth_radius'),
    bias: settings.number(1, 'bias'),
    ...{ alpha: settings.number(1, 'alpha'), beta: settings.number(0.5, 'beta') },
  };
  return made('LocalResponse', config, single(call));
}

type Edges = readonly [top: number, bottom: number, left: number, right: number];

function edges(call: OperationCall, what: string): Edges {
  const { settings } = call;
  checkLast(call);
  const edge = (side: string) => {
    const value = settings.value(`${side}_${what}`);
    return isWhole(value) ? value : settings.refuse([`${side}_${what}`], value);
  };
  return [edge('top'), edge('bottom'), edge('left'), edge('right')];
}
