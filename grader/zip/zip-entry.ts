export interface ZipBounds {
  /** Entries whose name it refuses are skipped, unread. */
  readonly accept?: (name: string) => boolean;
  readonly maxEntries: number;
  /** Of the accepted entries together, each packed or unpacked, whichever is more. */
  readonly maxBytes: number;
  /** How many times as many bytes an entry may have unpacked as packed. */
  readonly maxRatio?: number;
  readonly maxNameLength?: number;
}

/** A file in an archive: where its bytes lie, and what the archive says of them. */
export interface ZipEntry {
  readonly name: string;
  /** Of Unix; 0 where the archive says none. */
  readonly mode: number;
  readonly headerStart: number;
  readonly start: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly isDeflated: boolean;
  readonly crc: number;
}
