import { join } from 'node:path';
import { digestOf, fileDigest } from '../files/digest.ts';
import { pathsOf, type Prepared } from './prepared.ts';

/** What lies beside prepared arrays. Paths are relative to its folder. */
interface Manifest {
  readonly prepared: Prepared;
  /** SHA-256 of each file. */
  readonly digests: Readonly<Record<string, string>>;
}

export const manifestName = 'manifest.json';

/** The text of a manifest for arrays that lie in a folder: one line, and the line's SHA-256. */
export async function manifestOf(folder: string, prepared: Prepared): Promise<string> {
  const digests = await Promise.all(
    pathsOf(prepared).map(async (path) => [path, await fileDigest(join(folder, path))]),
  );
  const manifest = JSON.stringify({ prepared, digests: Object.fromEntries(digests) as unknown });
  return `${manifest}\n${digestOf(manifest)}\n`;
}

/** Null where the text is not what was written. */
export function readManifest(text: string): Manifest | null {
  const [manifest = '', digest = ''] = text.split('\n');
  return digest === digestOf(manifest) ? (JSON.parse(manifest) as Manifest) : null;
}
