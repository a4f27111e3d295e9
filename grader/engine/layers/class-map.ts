import { tf, type Tensor } from '../tensorflow/tf.ts';

export type Config = Readonly<Record<string, unknown>>;
export type CallOptions = Readonly<Record<string, unknown>>;
export type LayerShape = (number | null)[];

export interface LayerVariable {
  readonly shape: LayerShape;
  read(): Tensor;
  write(value: Tensor): unknown;
}

export interface Activation {
  apply(input: Tensor): Tensor;
  getClassName(): string;
}

/** What a layer of TF.js offers to a class that extends it; its typings leave this out. */
export interface BaseLayer {
  built: boolean;
  trainable: boolean;
  supportsMasking: boolean;
  call(inputs: Tensor | Tensor[], options: CallOptions): Tensor | Tensor[];
  computeOutputShape(shape: LayerShape): LayerShape;
  build(shape: LayerShape): void;
  getConfig(): Record<string, unknown>;
  addWeight(...settings: unknown[]): LayerVariable;
}

export type LayerClass<Layer> = new (config: Config) => Layer;

/** The class that every layer of TF.js extends, for layers that it has no class for. */
export const layerBase = tf.layers.Layer as unknown as LayerClass<BaseLayer>;

interface ClassMap {
  readonly classNameMap: Record<string, [unknown, unknown]>;
}

/** The class that TF.js builds for a Keras class name. */
export function classNamed<Layer>(className: string): LayerClass<Layer> {
  const found = classNames()[className];
  if (!found) throw new Error(`TF.js has no class ${className}`);
  return found[0] as LayerClass<Layer>;
}

/** Makes TF.js build this class for the Keras class name from now on. */
export function replaceClass(className: string, replacement: LayerClass<unknown>): void {
  Object.defineProperty(replacement, 'className', { value: className });
  const fromConfig = (cls: LayerClass<unknown>, config: Config) => new cls(config);
  const own = (replacement as unknown as { fromConfig?: unknown }).fromConfig ?? fromConfig;
  classNames()[className] = [replacement, own];
}

function classNames(): ClassMap['classNameMap'] {
  return (tf.serialization.SerializationMap.getMap() as unknown as ClassMap).classNameMap;
}

export function firstTensor(inputs: Tensor | readonly Tensor[]): Tensor {
  const first = Array.isArray(inputs) ? (inputs as readonly Tensor[])[0] : (inputs as Tensor);
  if (!first) throw new Error('a layer was called without an input');
  return first;
}

/** The input in float32: pictures may arrive as integers. */
export function floatInput(inputs: Tensor | readonly Tensor[]): Tensor {
  const input = firstTensor(inputs);
  return input.dtype === 'float32' ? input : tf.cast(input, 'float32');
}

/** Axes counted from the front. Throws where one is not an axis of such a tensor. */
export function positiveAxes(axes: number | readonly number[], rank: number): number[] {
  return [axes].flat().map((axis) => {
    if (axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis;
    throw new Error(`axis ${axis} does not exist in an input of ${rank} axes`);
  });
}

export function firstShape(shape: LayerShape | LayerShape[]): LayerShape {
  return Array.isArray(shape[0]) ? shape[0] : (shape as LayerShape);
}

/** The mask [batch, time] that was given, if any. */
export function maskOf(options: CallOptions): Tensor | null {
  const given = options['mask'] as Tensor | (Tensor | null)[] | null | undefined;
  return (Array.isArray(given) ? given[0] : given) ?? null;
}
