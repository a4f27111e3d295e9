import { open } from 'node:fs/promises';
import { firstZipEntry, hasBytes, isZip } from '../../formats/magic.ts';
import type { ArchiveKind } from './archive-job.ts';

const extension = /\.(?:zip|tar|tgz|tar\.gz)$/i;

/** A name without an archive's extension; others stay as they are. */
export function withoutArchiveExtension(name: string): string {
  return name.replace(extension, '');
}

/** Of models that are zip archives themselves: Keras's, PyTorch's, NumPy's. */
const ofModels = /^(?:metadata\.json|config\.json|model\.weights\.h5)$|(?:^|\/)data\.pkl$|\.npy$/;

/**
 * Whether a file is an archive that is opened: by its name, and by its content, so that a Keras model under
 * the name `sunspots.zip` stays a model. Throws what `open` throws.
 */
export async function isArchive(path: string): Promise<boolean> {
  return (await archiveKind(path)) !== null;
}

/** Null for what is no archive that is opened. Throws what `open` throws. */
export async function archiveKind(path: string): Promise<ArchiveKind | null> {
  if (!extension.test(path)) return null;
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(512), 0, 512, 0);
    const head = buffer.subarray(0, bytesRead);
    if (isZip(head)) return ofModels.test(firstZipEntry(head)) ? null : 'zip';
    const isTar = hasBytes(head, [0x1f, 0x8b]) || hasBytes(head, [...Buffer.from('ustar')], 257);
    return isTar ? 'tar' : null;
  } finally {
    await file.close();
  }
}
