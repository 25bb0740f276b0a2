import Libsql from 'libsql';

/** What may be bound. Whole numbers are kept exactly up to 2^53; a boolean becomes 0 or 1. */
export type SqlValue = string | number | bigint | boolean | null | Uint8Array;

/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- a row is what its caller says: the SQL beside the call is the proof */

/** One connection. Everything is synchronous; statements are prepared once and kept. */
export interface Database {
  /** `Row` names the columns as they are stored: the schema is what makes it true. */
  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[];
  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined;
  run(sql: string, ...values: readonly SqlValue[]): RunResult;
  /** Several statements, without values. */
  exec(sql: string): void;
  readonly isInTransaction: boolean;
  /** Safe twice. */
  close(): void;
}

export interface RunResult {
  readonly changes: number;
  readonly lastId: number;
}

/** The failure of a statement. Other exceptions are mistakes of ours. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** SQLite's extended name, for example SQLITE_CONSTRAINT_UNIQUE. */
  readonly code: string;

  constructor(message: string, code: string, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * The only file that knows libsql. It guards what libsql 0.5 does wrong: a bound boolean aborts the
 * process, text is read back cut at a NUL, whole numbers are bound as reals, a single row carries
 * `_metadata`, blobs come as ArrayBuffer, a file that cannot be opened has no error code.
 */
export function openDatabase(path: string): Database {
  const connection = guarded(() => new Libsql(path));
  const statements = new Map<string, Libsql.Statement>();
  let isOpen = true;

  function prepared(sql: string): Libsql.Statement {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  return {
    all: (sql, ...values) => guarded(() => typed(prepared(sql).all(values.map(bindable)))),
    get: (sql, ...values) =>
      guarded(() => typed(withoutMetadata(prepared(sql).get(values.map(bindable))))),
    run: (sql, ...values) =>
      guarded(() => {
        const { changes, lastInsertRowid } = prepared(sql).run(values.map(bindable));
        return { changes, lastId: Number(lastInsertRowid) };
      }),
    exec: (sql) => {
      guarded(() => connection.exec(sql));
    },
    get isInTransaction() {
      return connection.inTransaction;
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      statements.clear();
      connection.close();
    },
  };
}

const storageFailures =
  /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN|NOMEM|BUSY|LOCKED|PROTOCOL)/;

/** True when the disk, the file or the memory is to blame rather than what was asked. */
export function isStorageFailure(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && storageFailures.test(error.code);
}

export function blobToBuffer(blob: ArrayBuffer): Buffer {
  return Buffer.from(blob);
}

function bindable(value: SqlValue): unknown {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '') : value;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'bigint' || value === null || Buffer.isBuffer(value)) return value;
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  if (Number.isSafeInteger(value)) return BigInt(value);
  if (Number.isFinite(value)) return value;
  // libsql would store null for undefined, and abort for some others.
  throw new TypeError(`${String(value)} cannot be stored`);
}

function withoutMetadata(row: unknown): unknown {
  if (typeof row === 'object' && row !== null && '_metadata' in row) delete row._metadata;
  return row;
}

/** The one place where rows get their type. */
function typed<Rows>(rows: unknown): Rows {
  return rows as Rows;
}

function guarded<Result>(action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (error instanceof TypeError) throw error;
    throw new DatabaseError(messageOf(error), codeOf(error), error);
  }
}

// Errors made by the native part need not be instances of this realm's Error.
function messageOf(error: unknown): string {
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  return hasMessage ? String(error.message) : String(error);
}

function codeOf(error: unknown): string {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  if (hasCode && typeof error.code === 'string' && error.code !== '') return error.code;
  return messageOf(error).startsWith('ConnectionFailed') ? 'SQLITE_CANTOPEN' : 'SQLITE_ERROR';
}
