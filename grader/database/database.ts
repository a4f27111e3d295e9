import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { GraderError, usageError } from '../errors.ts';
import { shortened } from '../text/printable.ts';
import { connect, type Connection, type PreparedStatement, type Value } from './driver.ts';

/** What a kind of database is known by, and how its tables came about. */
export interface Schema {
  /** What it holds, as messages call it. */
  readonly title: string;
  /** SQLite's application id: 32 bits. */
  readonly applicationId: number;
  /** The SQL that leads from each version to the next, from the empty file on; only ever added to. */
  readonly migrations: readonly string[];
}

interface Database {
  /** Rows of a query, or none. Its text is prepared once and kept: it is never made of data. */
  all(sql: string, ...values: readonly Value[]): readonly Row[];
  run(sql: string, ...values: readonly Value[]): void;
  /** All of it or nothing is written; when it returns, it is on the disk. */
  transaction<Result>(work: () => Result): Result;
  /** Writes all into the one file, and lets it go. */
  close(): void;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Opens a database file, or makes it where `isNew`. Write-ahead log, full sync: what a transaction has written
 * survives a killed process and a power cut. Throws with fault `usage` where it is no such file, damaged, or of a
 * later version, and `machine` where it cannot be read or written or another process writes in it.
 */
export function openDatabase(path: string, schema: Schema, isNew = false): Database {
  if (!isNew) checkFile(path, schema);
  const connection = telling(path, () => connect(path));
  const kept = new Map<string, PreparedStatement>();
  const statement = (sql: string) => {
    const prepared = kept.get(sql) ?? connection.prepare(sql);
    kept.set(sql, prepared);
    return prepared;
  };
  const database: Database = {
    all: (sql, ...values) => telling(path, () => statement(sql).all(...values) as Row[]),
    run: (sql, ...values) => telling(path, () => void statement(sql).run(...values)),
    transaction: (work) => inTransaction(path, connection, work),
    close: () => telling(path, () => end(connection, statement)),
  };
  try {
    prepare({ path, schema, isNew }, database);
  } catch (error) {
    connection.close();
    throw error;
  }
  return database;
}

const header = 'SQLite format 3\0';

/** Before SQLite, which takes an empty file for a new database. */
function checkFile(path: string, { title }: Schema): void {
  if (!existsSync(path)) throw usageError('no-database', `${shortened(path)} is not there.`);
  telling(path, () => {
    const isFile = statSync(path).isFile();
    const bytes = Buffer.alloc(header.length);
    if (isFile) {
      const file = openSync(path, 'r');
      readSync(file, bytes);
      closeSync(file);
    }
    if (!isFile || bytes.toString('latin1') !== header) throw foreign(path, title);
  });
}

interface Opening {
  readonly path: string;
  readonly schema: Schema;
  readonly isNew: boolean;
}

function prepare(opening: Opening, database: Database): void {
  const { path, schema } = opening;
  database.all('PRAGMA busy_timeout = 5000');
  database.all('PRAGMA foreign_keys = ON');
  const damage = database.all('PRAGMA quick_check(1)')[0]?.['quick_check'];
  if (damage !== 'ok') throw damaged(path, String(damage));
  database.all('PRAGMA synchronous = FULL');
  const found = () => ({
    application: Number(database.all('PRAGMA application_id')[0]?.['application_id']),
    version: Number(database.all('PRAGMA user_version')[0]?.['user_version']),
  });
  const { application, version } = found();
  const newest = schema.migrations.length;
  if (!opening.isNew && application !== schema.applicationId) throw foreign(path, schema.title);
  if (version > newest) {
    throw usageError(
      'newer-database',
      `${shortened(path)} was written by a later grader (its version is ${version}; this grader knows up to ${newest}).`,
      'Use that grader, or a later one.',
    );
  }
  if (version === newest) return;
  database.all('PRAGMA journal_mode = WAL');
  database.transaction(() => {
    // Another process may have been quicker.
    schema.migrations.slice(found().version).forEach((sql) => {
      for (const part of sql.split(';').filter((each) => each.trim() !== '')) database.run(part);
    });
    database.run(`PRAGMA application_id = ${schema.applicationId}`);
    database.run(`PRAGMA user_version = ${newest}`);
  });
}

function inTransaction<Result>(path: string, connection: Connection, work: () => Result): Result {
  telling(path, () => connection.exec('BEGIN IMMEDIATE'));
  try {
    const result = work();
    telling(path, () => connection.exec('COMMIT'));
    return result;
  } catch (error) {
    try {
      connection.exec('ROLLBACK');
    } catch {
      // Some failures have ended it already.
    }
    throw error;
  }
}

function end(connection: Connection, statement: (sql: string) => PreparedStatement): void {
  try {
    statement('PRAGMA wal_checkpoint(TRUNCATE)').all();
  } catch {
    // Somebody reads: the log stays beside the file, and is a part of it.
  } finally {
    connection.close();
  }
}

/** Does some work; what SQLite or the file system says is told in words. */
function telling<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof GraderError ? error : toldOf(path, error);
  }
}

/** SQLite's result codes, the first eight bits of them. */
const codes = new Map([
  [5, 'Another process is writing in it'],
  [8, 'It may not be written'],
  [10, 'The disk does not read or write it'],
  [13, 'The disk is full'],
  [14, 'It cannot be opened'],
]);

function toldOf(path: string, error: unknown): unknown {
  const {
    errcode,
    rawCode,
    code,
    message: text,
  } = error as Error & Partial<Record<'errcode' | 'rawCode', number>> & { code?: string };
  // libsql tells why it cannot open a file in its message alone.
  const unopened = /^ConnectionFailed\(.*: (\d+)"\)$/.exec(text)?.[1];
  const number = errcode ?? rawCode ?? (unopened === undefined ? undefined : Number(unopened));
  if (number === undefined && !/^(?:E[A-Z]+|SQLITE_\w+)$/.test(code ?? '')) return error;
  const primary = (number ?? 14) & 0xff;
  if (primary === 11 || primary === 26) return damaged(path, text, error);
  const what = codes.get(primary);
  if (what === undefined) return error;
  const isBusy = primary === 5;
  const message = `${shortened(path)}: ${what} (${text}).`;
  const help = isBusy ? 'Wait for it to end, then try again.' : 'Mend that, then try again.';
  const named = isBusy ? 'database-busy' : 'database';
  const failure = { fault: 'machine', code: named, message, help } as const;
  return new GraderError(failure, { cause: error });
}

function foreign(path: string, title: string): GraderError {
  return usageError('foreign-database', `${shortened(path)} is no ${title}.`);
}

function damaged(path: string, what: string, cause?: unknown): GraderError {
  const message = `${shortened(path)} is damaged: ${what}.`;
  const help =
    'Put back a copy of it. What was signed stands in records.jsonl and in attempts/ as well.';
  const failure = { fault: 'usage', code: 'damaged-database', message, help } as const;
  return new GraderError(failure, { cause });
}
