import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatasetDefinition, DatasetFile } from '../../contract.ts';
import { fileDigest } from '../../files/digest.ts';
import { mistake, warning, type Mistake } from '../mistake.ts';
import { toReplace } from '../scaffold/first-definition.ts';

const file = 'problem.json';

/** What the data set's files, as they lie in the package, have other than `problem.json` says; and its licence. */
export async function datasetMistakes(
  directory: string,
  dataset: DatasetDefinition,
): Promise<readonly Mistake[]> {
  const found = [...licenceMistakes(dataset), ...addressMistakes(dataset)];
  if (!dataset.bundled) return found;
  const folder = join(directory, 'data');
  const listed = new Set(dataset.variants.flatMap(({ files }) => files.map(({ name }) => name)));
  for (const [at, { files }] of dataset.variants.entries()) {
    for (const [index, each] of files.entries()) {
      const place = `/dataset/variants/${at}/files/${index}`;
      found.push(...(await fileMistakes(join(folder, each.name), each, place)));
    }
  }
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return [
    ...found,
    ...names
      .filter((name) => !listed.has(name))
      .map((name) =>
        warning(`data/${name}`, {
          message: 'is in no list of /dataset/variants: nothing verifies it',
        }),
      ),
  ];
}

async function fileMistakes(path: string, listed: DatasetFile, place: string): Promise<Mistake[]> {
  if (!existsSync(path)) {
    const message = `data/${listed.name} is not there`;
    return [mistake(file, { place, message, help: 'Put it there, or leave "bundled" out.' })];
  }
  const { size } = statSync(path);
  const digest = await fileDigest(path);
  const wrong: Mistake[] = [];
  if (listed.bytes !== null && listed.bytes !== size) {
    const message = `data/${listed.name} has ${size} bytes, got ${listed.bytes}`;
    wrong.push(
      mistake(file, { place: `${place}/bytes`, message, help: `Write "bytes": ${size}.` }),
    );
  }
  if (listed.sha256 !== digest) {
    const message = `data/${listed.name} has another SHA-256 than ${listed.sha256.slice(0, 12)}…`;
    const help = `If the file is right, write "sha256": "${digest}".`;
    wrong.push(mistake(file, { place: `${place}/sha256`, message, help }));
  }
  return wrong;
}

function licenceMistakes({ licence, citation, homepage }: DatasetDefinition): Mistake[] {
  const unknown = /^(?:unknown|none|n\/a|\?+|-|tbd)$/i;
  const parts = Object.entries({ licence, citation, homepage });
  return parts.flatMap(([name, text]) =>
    unknown.test(text.trim()) && text !== toReplace.unnamed
      ? [
          warning(file, {
            place: `/dataset/${name}`,
            message: `says "${text}"`,
            help: 'Every report names it: say whose data they are and what may be done with them.',
          }),
        ]
      : [],
  );
}

/** Files that are neither in the package nor anywhere else. */
function addressMistakes({ bundled, systemPackage, variants }: DatasetDefinition): Mistake[] {
  if (bundled || systemPackage) return [];
  const hasNone = variants.every(({ files }) => files.some(({ urls }) => urls.length === 0));
  if (!hasNone) return [];
  const message = 'has no variant whose files all have an address: only a mirror has them';
  return [warning(file, { place: '/dataset/variants', message })];
}
