import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheRoot } from '../cache.ts';
import type { DatasetDefinition, DatasetFile, DatasetVariant } from '../contract.ts';
import { mismatch } from '../download/mismatch.ts';

/** A folder of this machine in which a data set may lie. */
interface DatasetPlace {
  readonly name: string;
  readonly directory: string;
}

interface DatasetStatus {
  readonly found: boolean;
  readonly variant: string | null;
  /** The folders that hold the files, joined by ", "; null when the set is not complete. */
  readonly where: string | null;
}

/** Whether a data set is complete and right on this machine; the network is not asked. */
export async function datasetStatus(
  definition: DatasetDefinition,
  problemDirectory: string,
): Promise<DatasetStatus> {
  for (const variant of definition.variants) {
    const places = localPlaces(definition, problemDirectory, variant);
    const found = await Promise.all(variant.files.map((file) => findFile(file, places)));
    const names = found.flatMap(({ place }) => (place === null ? [] : [place.directory]));
    if (names.length === variant.files.length) {
      return { found: true, variant: variant.id, where: [...new Set(names)].join(', ') };
    }
  }
  return { found: false, variant: null, where: null };
}

/** In the order in which they are searched: package, cache, mirror, system package. */
export function localPlaces(
  definition: DatasetDefinition,
  problemDirectory: string,
  variant: DatasetVariant,
): DatasetPlace[] {
  const mirror = process.env['EXAM_DATA_MIRROR'];
  const system = definition.systemPackage;
  return [
    ...(definition.bundled ? [{ name: 'package', directory: join(problemDirectory, 'data') }] : []),
    { name: 'cache', directory: cacheDirectory(definition, variant) },
    ...(mirror ? [{ name: 'mirror', directory: join(mirror, definition.id) }] : []),
    ...(system ? [{ name: 'system package', directory: system.directory }] : []),
  ];
}

export function cacheDirectory(definition: DatasetDefinition, variant: DatasetVariant): string {
  return join(cacheRoot(), 'datasets', definition.id, variant.id);
}

interface FoundFile {
  /** The first place with the right file, or null. */
  readonly place: DatasetPlace | null;
  /** One line for each place before it, and why not there. */
  readonly tried: readonly string[];
}

export async function findFile(
  file: DatasetFile,
  places: readonly DatasetPlace[],
): Promise<FoundFile> {
  const tried: string[] = [];
  for (const place of places) {
    const path = join(place.directory, file.name);
    const complaint = await mismatch(path, file);
    if (complaint === null) return { place, tried };
    const folder = existsSync(place.directory) ? complaint : 'no such folder';
    tried.push(`${place.name} ${path}: ${folder}`);
  }
  return { place: null, tried };
}
