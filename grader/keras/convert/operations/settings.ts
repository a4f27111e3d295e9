import { show } from '../../../text/show.ts';
import { dtypeName, isDtype } from '../dtype.ts';
import { isHarmless, isTextOrNull, type HarmlessKeys } from '../fields.ts';

/** An operation that the grader does not have; its message goes on behind the operation's name. */
export class NotConverted extends Error {
  override readonly name = 'NotConverted';
}

/** Of an operation whose result for one example depends on the others in its batch. */
export class AcrossExamples extends NotConverted {
  constructor(setting: string) {
    super(`with ${setting}`);
  }
}

const mostAxes = 7;

/**
 * What a file says of an operation beside its tensors. Each setting is read by whoever converts the
 * operation; `checkAllRead` throws a `NotConverted` where one is left that could mean something.
 */
export class Settings {
  private readonly values: Readonly<Record<string, unknown>>;
  private readonly read = new Set<string>();

  constructor(values: Readonly<Record<string, unknown>>) {
    this.values = values;
  }

  /** The first of the names that has a value; null where none has. */
  value(...names: readonly string[]): unknown {
    for (const name of names) this.read.add(name);
    return names.map((name) => this.values[name]).find((value) => value !== undefined) ?? null;
  }

  number(byDefault: number, ...names: readonly string[]): number {
    const value = this.value(...names) ?? byDefault;
    return typeof value === 'number' ? value : this.refuse(names, value);
  }

  isSet(...names: readonly string[]): boolean {
    const value = this.value(...names) ?? false;
    return typeof value === 'boolean' ? value : this.refuse(names, value);
  }

  text(byDefault: string, ...names: readonly string[]): string {
    const value = this.value(...names) ?? byDefault;
    return typeof value === 'string' ? value : this.refuse(names, value);
  }

  /** One whole number or several; null where nothing is stated. */
  integers(...names: readonly string[]): readonly number[] | null {
    const value = this.value(...names);
    if (value === null) return null;
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.every(isWhole) ? list : this.refuse(names, value);
  }

  /** Axes within an example. Throws an `AcrossExamples` where the batch is one, as where none is stated. */
  axes(...names: readonly string[]): readonly number[] {
    const axes = this.integers(...names);
    if (axes?.some((axis) => Math.abs(axis) > mostAxes)) this.refuse(names, axes);
    if (axes && !axes.includes(0)) return axes;
    throw new AcrossExamples(`${names[0] ?? ''} = ${axes ? show(this.value(...names)) : 'None'}`);
  }

  /** Such an axis; where none is stated it is this one. */
  axis(byDefault: number, ...names: readonly string[]): number {
    if (this.value(...names) === null && byDefault !== 0) return byDefault;
    const [axis = 0, ...others] = this.axes(...names);
    return others.length === 0 ? axis : this.refuse(names, this.value(...names));
  }

  /** The name of one; null where none is stated. */
  dtype(): string | null {
    const value = this.value('dtype');
    return isDtype(value) ? dtypeName(value) : this.refuse(['dtype'], value);
  }

  /** Throws where a setting is not one of these; null, or nothing stated, always is. */
  only(name: string, ...allowed: readonly unknown[]): void {
    const value = this.value(name);
    if (value !== null && !allowed.includes(value)) this.refuse([name], value);
  }

  checkAllRead(): void {
    for (const [name, value] of Object.entries(this.values)) {
      if (!this.read.has(name) && !isHarmless(harmless, name, value)) this.refuse([name], value);
    }
  }

  refuse(names: readonly string[], value: unknown): never {
    throw new NotConverted(`with ${names[0] ?? ''} = ${show(value)}`);
  }
}

export function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value);
}

/** What changes nothing where nobody asks for it. */
const harmless: HarmlessKeys = {
  name: isTextOrNull,
  trainable: [true, false],
  // In which Keras computes a layer.
  dtype: (value) => value === 'float32' || (typeof value !== 'string' && isDtype(value)),
  // What is off, and what stands for something that is.
  ...{ sparse: [false], synchronized: [false], adjoint_a: [false], adjoint_b: [false] },
  ...{ a_is_sparse: [false], b_is_sparse: [false], output_type: [null] },
  ...{ crop_to_aspect_ratio: [false], pad_to_aspect_ratio: [false], weights: [null] },
  ...{ target_height: [null], target_width: [null], validate_indices: [null] },
};
