import { showShape } from '../../../text/shape.ts';
import { NodeJSKernelBackend } from '../../tensorflow/kernel-backend.ts';
import type { NodeBackend, OpAttribute } from '../../tensorflow/node-backend.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';
import { typeOfNumber, type AttributeValue, type DataType } from '../program/attributes.ts';
import { bytesOf } from '../program/literals.ts';
import type { ScanBody, Value } from '../program/program.ts';
import { Recorder, type DataId } from './recorder.ts';
import { CompileRefusal } from './refusal.ts';
import type { ShapedType } from '../shapes/rule.ts';

interface TensorHandle {
  readonly dataId: DataId;
  readonly shape: readonly number[];
  readonly dtype: string;
}

/** A 64-bit number, for which TF.js has no tensor. */
interface Int64Scalar {
  readonly dtype: 'int64';
  readonly value: number;
}

type OpInput = TensorHandle | Int64Scalar;

/** Of all types but strings, which no step has. */
type Numbers = Float32Array | Int32Array | Uint8Array;

interface HostData {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly values: Numbers;
}

/**
 * A TF.js backend on which nothing runs: TF.js's kernels for TensorFlow write into the innermost
 * recorder instead. What has no place in the program is refused: values read in JavaScript, and
 * tensors that exist outside it, whose present values would freeze.
 */
export class TraceBackend extends NodeJSKernelBackend {
  private readonly native: NodeBackend;
  private readonly recorders: Recorder[] = [];
  private readonly hostData = new WeakMap<DataId, HostData>();
  /** Tensors that share a value; TF.js counts them, and so do we, or its count of tensors is wrong. */
  private readonly sharers = new WeakMap<DataId, number>();
  private count = 0;

  constructor(native: NodeBackend) {
    super(native.binding, '@tensorflow/tfjs-node-gpu');
    this.native = native;
  }

  /** Runs work whose ops go into a new recorder. */
  recordInto<Result>(recorder: Recorder, work: () => Result): Result {
    this.recorders.push(recorder);
    try {
      return work();
    } finally {
      this.recorders.pop();
    }
  }

  /** A tensor of TF.js that stands for a value of the innermost recorder. */
  tensorOf(value: Value): Tensor {
    const dataId = this.newDataId();
    this.recorder().bind(dataId, value);
    const dtype = value.dtype === 'float32' || value.dtype === 'bool' ? value.dtype : 'int32';
    return tf.engine().makeTensorFromTensorInfo({ dataId, shape: [...value.shape], dtype });
  }

  /** The value that a tensor stands for. Throws `CompileRefusal` for a tensor from outside. */
  valueFor(given: OpInput): Value {
    if (!('dataId' in given)) {
      return this.recorder().addConstant({
        dtype: 'int64',
        shape: [],
        bytes: bytesOf([given.value], 'int64'),
      });
    }
    const recorder = this.recorder();
    const known = recorder.idOf(given.dataId);
    if (known !== undefined) return recorder.value(known);
    const host = this.hostData.get(given.dataId);
    if (!host) throw outside(given);
    const constant = recorder.addConstant({
      dtype: host.dtype,
      shape: host.shape,
      bytes: bytesOf(host.values, host.dtype),
    });
    recorder.bind(given.dataId, constant);
    return constant;
  }

  scan(body: ScanBody, inputs: readonly TensorHandle[], types: readonly ShapedType[]): Tensor[] {
    const ids = inputs.map((input) => this.valueFor(input).id);
    return this.recorder()
      .addScan(body, ids, types)
      .map((value) => this.tensorOf(value));
  }

  override executeSingleOutput(
    op: string,
    attributes: readonly OpAttribute[],
    inputs: readonly OpInput[],
  ) {
    return this.executeMultipleOutputs(op, attributes, inputs)[0];
  }

  override executeMultipleOutputs(
    op: string,
    attributes: readonly OpAttribute[],
    inputs: readonly OpInput[],
  ): Tensor[] {
    const values = inputs.map((input) => this.valueFor(input));
    const named = Object.fromEntries(
      attributes.map((attribute) => [attribute.name, this.attributeOf(attribute)]),
    );
    const recorded = {
      op,
      attributes: withTrueTypes(op, named, values),
      inputs: values.map(({ id }) => id),
    };
    return this.recorder()
      .addOperation(recorded)
      .map((value) => this.tensorOf(value));
  }

  override write(values: Numbers, shape: readonly number[], dtype: string): DataId {
    const dataId = this.newDataId();
    this.move(dataId, values, shape, dtype);
    return dataId;
  }

  override move(
    dataId: DataId,
    values: Numbers,
    ...[shape, dtype]: [readonly number[], string]
  ): void {
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw new CompileRefusal(`a tensor of type ${dtype} is made`);
    }
    this.sharers.set(dataId, 1);
    this.hostData.set(dataId, { shape: [...shape], dtype, values });
  }

  override readSync(dataId: DataId): Numbers {
    const host = this.hostData.get(dataId);
    if (host) return host.values;
    throw new CompileRefusal('JavaScript reads a value that the step computes');
  }

  override read(dataId: DataId): Promise<Numbers> {
    return Promise.resolve(this.readSync(dataId));
  }

  override numDataIds(): number {
    return this.count;
  }

  /** Answers whether no tensor is left that stands for the value. */
  override disposeData(dataId: DataId): boolean {
    const rest = this.refCount(dataId) - 1;
    this.sharers.set(dataId, rest);
    return rest <= 0;
  }

  /** TF.js shares data of a variable with its reshapes; the variable itself lives elsewhere. */
  override incRef(dataId: DataId): void {
    if (this.sharers.has(dataId)) this.sharers.set(dataId, this.refCount(dataId) + 1);
    else this.native.incRef(dataId);
  }

  override refCount(dataId: DataId): number {
    return this.sharers.get(dataId) ?? 0;
  }

  override dispose(): void {
    // Values live in recorders and go with them.
  }

  private recorder(): Recorder {
    const innermost = this.recorders.at(-1);
    if (!innermost) throw new Error('nothing is being traced');
    return innermost;
  }

  private newDataId(): DataId {
    this.count += 1;
    const dataId = { trace: this.count };
    this.sharers.set(dataId, 1);
    return dataId;
  }

  private attributeOf({ name, type, value }: OpAttribute): AttributeValue {
    const { binding } = this.native;
    switch (type) {
      case binding.TF_ATTR_TYPE:
        return Array.isArray(value)
          ? { types: value.map((each) => typeOfNumber(Number(each))) }
          : { type: typeOfNumber(Number(value)) };
      case binding.TF_ATTR_INT:
        return Array.isArray(value) ? { ints: value.map(Number) } : { int: Number(value) };
      case binding.TF_ATTR_FLOAT:
        return { float: Number(value) };
      case binding.TF_ATTR_BOOL:
        return { bool: Boolean(value) };
      case binding.TF_ATTR_STRING:
        return { string: String(value) };
      case binding.TF_ATTR_SHAPE:
        return { shape: (value as number[]).map(Number) };
      default:
        throw new CompileRefusal(`the attribute ${name} has a type that is not known`);
    }
  }
}

/** Ops for which TF.js names the type that it believes in, or none; it is that of the input. */
const typedByInput: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['ArgMax', 'ArgMin', 'Equal', 'ExpandDims', 'Max', 'Mean', 'Min', 'Prod', 'Sum'].map((op) => [
      op,
      'T',
    ]),
  ),
  Cast: 'SrcT',
};

function withTrueTypes(
  op: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  inputs: readonly Value[],
): Readonly<Record<string, AttributeValue>> {
  const name = typedByInput[op];
  const [first] = inputs;
  if (!name || !first) return attributes;
  return { ...attributes, [name]: { type: first.dtype } };
}

function outside({ shape, dtype }: TensorHandle): CompileRefusal {
  return new CompileRefusal(
    `a ${dtype} tensor of shape ${showShape(shape)} from outside the step would freeze`,
  );
}
