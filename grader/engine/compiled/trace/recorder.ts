import {
  sizeOf,
  type AttributeValue,
  type DataType,
  type TensorLiteral,
} from '../program/attributes.ts';
import { numbersOf } from '../program/literals.ts';
import type {
  Constant,
  NamedId,
  NamedValue,
  Operation,
  Program,
  ScanBody,
  Value,
} from '../program/program.ts';
import { CompileRefusal } from './refusal.ts';
import { inferShapes } from '../shapes/index.ts';
import type { ShapedType } from '../shapes/rule.ts';

/** What stands for a tensor's data in TF.js: known by its identity alone. */
export type DataId = object;

interface RecordedOp {
  readonly op: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly inputs: readonly number[];
}

const largestReadConstant = 64;

/** Collects one program: every value gets its number where it first appears. */
export class Recorder {
  private readonly inputs: NamedValue[] = [];
  private readonly variables: NamedValue[] = [];
  private readonly constants = new Map<number, Constant>();
  private readonly operations: Operation[] = [];
  private readonly values = new Map<number, Value>();
  private readonly ids = new WeakMap<DataId, number>();
  private count = 0;

  addInput(name: string, type: ShapedType): Value {
    const value = this.newValue(type);
    this.inputs.push({ name, value });
    return value;
  }

  addVariable(name: string, type: ShapedType): Value {
    const value = this.newValue(type);
    this.variables.push({ name, value });
    return value;
  }

  addConstant({ dtype, shape, bytes }: TensorLiteral): Value {
    const value = this.newValue({ shape, dtype });
    this.constants.set(value.id, { value, bytes });
    return value;
  }

  addOperation({ op, attributes, inputs }: RecordedOp): readonly Value[] {
    const types = inputs.map((id) => this.value(id));
    const facts = {
      attributes,
      inputs: types,
      constant: (at: number) => this.numbers(op, inputs, at),
    };
    const outputs = inferShapes(op, facts).map((type) => this.newValue(type));
    this.operations.push({ op, attributes, inputs, outputs });
    return outputs;
  }

  addScan(
    body: ScanBody,
    inputs: readonly number[],
    types: readonly ShapedType[],
  ): readonly Value[] {
    const outputs = types.map((type) => this.newValue(type));
    this.operations.push({ op: 'Scan', attributes: {}, inputs, outputs, body });
    return outputs;
  }

  /** Lets a tensor of TF.js stand for a value. */
  bind(dataId: DataId, value: Value): void {
    this.ids.set(dataId, value.id);
  }

  idOf(dataId: DataId): number | undefined {
    return this.ids.get(dataId);
  }

  value(id: number): Value {
    const found = this.values.get(id);
    if (!found) throw new Error(`a program has no value ${id}`);
    return found;
  }

  finish(ends: { outputs: readonly NamedId[]; assignments: readonly NamedId[] }): Program {
    const { inputs, variables, operations } = this;
    return { inputs, variables, constants: [...this.constants.values()], operations, ...ends };
  }

  private newValue({ shape, dtype }: { shape: readonly number[]; dtype: DataType }): Value {
    const value = { id: this.count, shape: [...shape], dtype };
    this.count += 1;
    this.values.set(value.id, value);
    return value;
  }

  private numbers(op: string, inputs: readonly number[], at: number): readonly number[] {
    const constant = this.constants.get(inputs[at] ?? -1);
    if (!constant || sizeOf(constant.value.shape) > largestReadConstant) {
      throw new CompileRefusal(`the shape of ${op} depends on values that are computed`);
    }
    return numbersOf(constant, constant.value.dtype);
  }
}
