import { createRequire } from 'node:module';
import { GraderError } from '../errors.ts';

/** What is used of `node:sqlite` and of libsql alike. */
export interface Connection {
  exec(sql: string): void;
  prepare(sql: string): PreparedStatement;
  close(): void;
}

export interface PreparedStatement {
  run(...values: readonly Value[]): unknown;
  get(...values: readonly Value[]): object | undefined;
  all(...values: readonly Value[]): object[];
}

/** No bytes: libsql 0.5.29 aborts the process at buffers with memory of their own. */
export type Value = string | number | null;

type Constructor = new (path: string) => Connection;

let constructor: Constructor | undefined;

/** Opens a file by `node:sqlite`, where this Node has it, else by libsql. Throws what these say. */
export function connect(path: string): Connection {
  constructor ??= ofNode() ?? ofLibsql();
  return new constructor(path);
}

const load = createRequire(import.meta.url);

function ofNode(): Constructor | null {
  const warn = process.emitWarning.bind(process);
  // Loading it warns that it is experimental: nothing that a candidate could act on.
  process.emitWarning = () => undefined;
  try {
    return (load('node:sqlite') as { readonly DatabaseSync: Constructor }).DatabaseSync;
  } catch {
    // Before 22.13 it is missing, or wants a flag.
    return null;
  } finally {
    process.emitWarning = warn;
  }
}

function ofLibsql(): Constructor {
  try {
    return load('libsql') as Constructor;
  } catch (cause) {
    throw new GraderError(
      {
        ...{ fault: 'machine', code: 'no-sqlite' },
        message: `Exams are kept in a SQLite file, which this Node (${process.version}) cannot open by itself, and libsql is not installed.`,
        help: 'Use Node 22.13 or later, or: npm install libsql@0.5.29',
      },
      { cause },
    );
  }
}
