import type { PythonCode } from './read-code.ts';

/** What an instruction does, as far as the recognised bodies need it. */
type BytecodeOperation =
  | 'nothing'
  | 'load-argument'
  | 'load-constant'
  | 'load-name'
  | 'load-attribute'
  | 'name-keywords'
  | 'call'
  | 'call-with-keywords'
  | 'multiply'
  | 'binary'
  | 'return';

export interface Instruction {
  readonly operation: BytecodeOperation;
  /** How many two-byte cells of zeros follow it. */
  readonly caches: number;
  /** How many low bits of the argument are flags and no index. */
  readonly flagBits: number;
}

/** The instructions of one version of CPython by opcode. */
export type Dialect = ReadonlyMap<number, Instruction>;

/** The versions of CPython that may have made the code. */
export function dialectsOf({ madeBy }: PythonCode): readonly Dialect[] {
  return madeBy === 'python-3.11-or-later' ? [python311, python312, python313] : [python37];
}

// Opcodes and cache sizes are those of CPython's Lib/opcode.py (3.13: Lib/_opcode_metadata.py).

/** 3.7 to 3.10 have the same numbers for all of these. */
const python37 = dialect({
  20: ['multiply'],
  83: ['return'],
  100: ['load-constant'],
  106: ['load-attribute'],
  116: ['load-name'],
  124: ['load-argument'],
  131: ['call'],
  141: ['call-with-keywords'],
  160: ['load-attribute'],
  161: ['call'],
});

const python311 = dialect({
  83: ['return'],
  100: ['load-constant'],
  106: ['load-attribute', 4],
  116: ['load-name', 5, 1],
  122: ['binary', 1],
  124: ['load-argument'],
  151: ['nothing'], // RESUME
  160: ['load-attribute', 10],
  166: ['nothing', 1], // PRECALL
  171: ['call', 4],
  172: ['name-keywords'],
});

const python312 = dialect({
  83: ['return'],
  100: ['load-constant'],
  106: ['load-attribute', 9, 1],
  116: ['load-name', 4, 1],
  122: ['binary', 1],
  124: ['load-argument'],
  151: ['nothing'], // RESUME
  171: ['call', 3],
  172: ['name-keywords'],
});

const python313 = dialect({
  36: ['return'],
  45: ['binary', 1],
  53: ['call', 3],
  57: ['call-with-keywords'],
  82: ['load-attribute', 9, 1],
  83: ['load-constant'],
  85: ['load-argument'],
  91: ['load-name', 4, 1],
  149: ['nothing'], // RESUME
});

type Row = readonly [operation: BytecodeOperation, caches?: number, flagBits?: number];

function dialect(rows: Readonly<Record<number, Row>>): Dialect {
  return new Map(
    Object.entries(rows).map(([opcode, [operation, caches = 0, flagBits = 0]]) => [
      Number(opcode),
      { operation, caches, flagBits },
    ]),
  );
}
