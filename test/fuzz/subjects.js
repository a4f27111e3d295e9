import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * The files to be mutated: `{name, format, path, files}`, where `files` are those of a TF.js folder
 * beside `model.json`. From real Keras where the fixtures are, from the hostile corpus's own sound
 * files otherwise.
 */
export function findSubjects(fixtures, sound) {
  const folder = existsSync(fixtures) ? fixtures : sound;
  return readdirSync(folder, { recursive: true })
    .sort()
    .map((name) => ({ name, path: join(folder, name), format: formatOf(join(folder, name)) }))
    .filter(({ format }) => format !== null)
    .map((subject) => ({ ...subject, files: filesBeside(subject) }));
}

function formatOf(path) {
  if (path.endsWith('.h5')) return sniff(path);
  if (path.endsWith('.keras')) return sniff(path);
  if (!path.endsWith('.json') || basename(path) === 'meta.json') return null;
  const text = readFileSync(path, 'utf8');
  if (text.includes('"weightsManifest"')) return 'tfjs-layers';
  return text.includes('"class_name"') ? 'keras-json' : null;
}

function sniff(path) {
  const head = readFileSync(path).subarray(0, 4).toString('latin1');
  if (head === '\x89HDF') return 'keras-hdf5';
  return head === 'PK\x03\x04' ? 'keras-zip' : null;
}

function filesBeside({ format, path }) {
  if (format !== 'tfjs-layers') return [];
  return readdirSync(dirname(path)).filter((name) => name.endsWith('.bin'));
}
