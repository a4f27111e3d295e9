import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { mebibytes } from '../../text/bytes.ts';
import { modelFileLimits } from '../limits.ts';
import { type Refusals, reasonOf } from './refusal.ts';

/** Bytes of a file or of a part of it, read where they lie. */
export interface ByteSource {
  readonly bytes: number;
  /** Fills the target from the position on; fewer bytes only at the end of the source. */
  read(target: Uint8Array, position: number): number;
}

export interface OpenedBytes extends ByteSource {
  part(start: number, bytes: number): ByteSource;
  close(): void;
}

/** Opens a regular file within the limit on size. */
export function openFile(path: string, refusals: Refusals): OpenedBytes {
  const descriptor = open(path, refusals);
  const { bytes, isFile } = stateOf(descriptor);
  if (!isFile || bytes > modelFileLimits.fileBytes) {
    closeSync(descriptor);
    throw isFile ? fileTooLarge(bytes, refusals) : refusals.candidate('not-a-file', 'not a file.');
  }
  const part = (start: number, length: number): ByteSource => ({
    bytes: length,
    read: (target, position) => {
      const wanted = Math.min(target.length, Math.max(0, length - position));
      return fill(descriptor, target.subarray(0, wanted), start + position);
    },
  });
  return { ...part(0, bytes), part, close: () => closeSync(descriptor) };
}

export function fileTooLarge(bytes: number, refusals: Refusals) {
  return refusals.limit(
    'model-file-too-large',
    `${mebibytes(bytes)} MiB; a model file may have ${mebibytes(modelFileLimits.fileBytes)} MiB.`,
    'Save the model without its optimizer: model.save(path, include_optimizer=False).',
  );
}

function open(path: string, refusals: Refusals): number {
  try {
    // A pipe without a writer would block the reader for ever.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw refusals.candidate('model-file-unreadable', `cannot be opened (${reasonOf(cause)}).`, {
      cause,
    });
  }
}

function stateOf(descriptor: number): { bytes: number; isFile: boolean } {
  const state = fstatSync(descriptor);
  return { bytes: state.size, isFile: state.isFile() };
}

function fill(descriptor: number, target: Uint8Array, position: number): number {
  let filled = 0;
  while (filled < target.length) {
    const got = readSync(descriptor, target, filled, target.length - filled, position + filled);
    if (got === 0) break;
    filled += got;
  }
  return filled;
}
