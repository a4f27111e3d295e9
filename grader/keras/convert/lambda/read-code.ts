import { openMarshal, type Marshal, type MarshalValue } from './marshal.ts';

/** The code of a Python function of one positional argument and nothing else. */
export interface PythonCode {
  /** By the layout of its fields: which versions of CPython may have made it. */
  readonly madeBy: 'python-3.7' | 'python-3.8-to-3.10' | 'python-3.11-or-later';
  /** Two bytes each: opcode and argument. */
  readonly instructions: Uint8Array;
  readonly constants: readonly MarshalValue[];
  readonly names: readonly string[];
}

/**
 * Reads a marshalled code object in each layout that fits, mostly one; none where it is damaged or
 * more than the code of a plain function of one argument.
 */
export function readCode(bytes: Uint8Array): PythonCode[] {
  return layouts.flatMap(([madeBy, fields]) => {
    try {
      return readAs(bytes, madeBy, fields.split(' '));
    } catch (error) {
      if (error instanceof RangeError) return [];
      throw error;
    }
  });
}

/** A field whose name ends with `#` is an integer of four bytes, any other a marshalled value. */
const layouts: readonly (readonly [PythonCode['madeBy'], string])[] = [
  [
    'python-3.7',
    'arguments# keyword-only# locals# stack# flags# code constants names variables free cells file name line# lines',
  ],
  [
    'python-3.8-to-3.10',
    'arguments# positional-only# keyword-only# locals# stack# flags# code constants names variables free cells file name line# lines',
  ],
  [
    'python-3.11-or-later',
    'arguments# positional-only# keyword-only# stack# flags# code constants names variables kinds file name qualified-name line# lines exceptions',
  ],
];

function readAs(
  bytes: Uint8Array,
  madeBy: PythonCode['madeBy'],
  fields: readonly string[],
): PythonCode[] {
  const marshal = openMarshal(bytes);
  if (marshal.enter() !== 'c') return [];
  const integers = new Map<string, number>();
  const values = new Map<string, MarshalValue>();
  for (const field of fields) readField(marshal, field, { integers, values });
  const code = values.get('code');
  const constants = values.get('constants');
  const names = textsOf(values.get('names'));
  const variables = textsOf(values.get('variables'));
  if (code?.type !== 'bytes' || constants?.type !== 'tuple' || names === null) return [];
  if (!marshal.atEnd() || variables?.length !== 1 || !takesOneArgument(integers)) return [];
  return [{ madeBy, instructions: code.value, constants: constants.items, names }];
}

interface Fields {
  readonly integers: Map<string, number>;
  readonly values: Map<string, MarshalValue>;
}

function readField(marshal: Marshal, field: string, { integers, values }: Fields): void {
  if (field.endsWith('#')) integers.set(field, marshal.integer());
  else values.set(field, marshal.value());
}

function takesOneArgument(integers: ReadonlyMap<string, number>): boolean {
  const flags = integers.get('flags#') ?? 0;
  return (
    integers.get('arguments#') === 1 &&
    integers.get('keyword-only#') === 0 &&
    (flags & takesMoreOrYields) === 0
  );
}

/** `*args`, `**kwargs`, generator, coroutine, iterable coroutine, asynchronous generator. */
const takesMoreOrYields = 0x04 | 0x08 | 0x20 | 0x80 | 0x100 | 0x200;

function textsOf(value: MarshalValue | undefined): readonly string[] | null {
  if (value?.type !== 'tuple') return null;
  const texts = value.items.flatMap((item) => (item.type === 'text' ? [item.value] : []));
  return texts.length === value.items.length ? texts : null;
}
