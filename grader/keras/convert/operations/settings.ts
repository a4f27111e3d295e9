import { isObject } from '../../../recipe/keras-class.ts';
import { show } from '../../../text/show.ts';

/** A setting of an operation that the grader does not have. */
export class UnknownSetting extends Error {
  override readonly name = 'UnknownSetting';
}

/**
 * What a file says of an operation beside its tensors. Each setting is read by whoever converts the
 * operation; `checkAllRead` throws an `UnknownSetting` where one is left that could mean something.
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

  /** One whole number or several; null where nothing is stated. */
  integers(...names: readonly string[]): readonly number[] | null {
    const value = this.value(...names);
    if (value === null) return null;
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    return list.every((each) => typeof each === 'number' && Number.isInteger(each))
      ? (list as readonly number[])
      : this.refuse(names, value);
  }

  /** Throws where a setting is not one of these; null, or nothing stated, always is. */
  only(name: string, ...allowed: readonly unknown[]): void {
    const value = this.value(name);
    if (value !== null && !allowed.includes(value)) this.refuse([name], value);
  }

  checkAllRead(): void {
    for (const [name, value] of Object.entries(this.values)) {
      if (!this.read.has(name) && !isSilent(name, value)) this.refuse([name], value);
    }
  }

  refuse(names: readonly string[], value: unknown): never {
    throw new UnknownSetting(`${names[0] ?? ''} = ${show(value)}`);
  }
}

/** Names, what is not set, and the dtype in which Keras computes a layer. */
function isSilent(name: string, value: unknown): boolean {
  if (name === 'name' || value === null || value === false) return true;
  return name === 'dtype' && (value === 'float32' || isObject(value));
}
