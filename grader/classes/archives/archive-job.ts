import type { ZipFaultKind } from '../../zip/zip-fault.ts';

export type ArchiveKind = 'zip' | 'tar';

/** What an archive may be and hold, all in bytes unpacked. */
export interface ArchiveLimits {
  readonly members: number;
  readonly memberBytes: number;
  readonly totalBytes: number;
  /** How many times as many bytes unpacked as packed. */
  readonly ratio: number;
  readonly nameLength: number;
}

/** What the process that opens an archive is asked. */
export interface ArchiveJob {
  readonly path: string;
  readonly kind: ArchiveKind;
  /** A folder of its own; the files of the archive are written there under numbers. */
  readonly scratch: string;
  readonly limits: ArchiveLimits;
}

/** A file of an archive, written under a number. */
export interface Member {
  /** As the archive has it, not to be trusted. */
  readonly name: string;
  readonly number: number;
  /** When it was changed, as the archive says, in milliseconds since 1970; null where it does not. */
  readonly changedAt: number | null;
}

export interface RefusedMember {
  readonly name: string;
  readonly kind: ZipFaultKind;
  /** Completes "<name>: …". */
  readonly reason: string;
}

export interface ArchiveAnswer {
  readonly members: readonly Member[];
  readonly refused: readonly RefusedMember[];
}
