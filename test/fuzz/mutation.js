import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { mutateBytes } from './mutate-bytes.js';
import { mutateFile } from './mutate-file.js';
import { randomOf } from './random.js';

/** Writes mutation `index` of a run into an empty folder; answers the subject and the file. */
export function writeMutation(subjects, { seed, index }, folder) {
  const random = randomOf(seed, index);
  const format = random.pick(formats);
  const same = subjects.filter((subject) => subject.format === format);
  const list = same.length > 0 ? same : subjects;
  const [subject, other] = [random.pick(list), random.pick(list)];
  const path = join(folder, basename(subject.path));
  mkdirSync(folder, { recursive: true });
  const pair = {
    format: subject.format,
    bytes: readFileSync(subject.path),
    other: readFileSync(other.path),
  };
  const shard =
    subject.files.length > 0 && random.below(4) === 0 ? random.pick(subject.files) : null;
  writeFileSync(path, shard ? pair.bytes : mutateFile(pair, random));
  for (const name of subject.files) copyBeside(subject, name, { folder, shard, random });
  return { subject, path };
}

/** HDF5 is the least of our own code, and has the most to damage. */
const formats = [
  ...[
    'keras-hdf5',
    'keras-hdf5',
    'keras-hdf5',
    'keras-hdf5',
    'keras-zip',
    'keras-zip',
    'keras-zip',
  ],
  ...['keras-json', 'keras-json', 'tfjs-layers'],
];

function copyBeside(subject, name, { folder, shard, random }) {
  const from = join(dirname(subject.path), name);
  if (name !== shard) return copyFileSync(from, join(folder, name));
  const bytes = readFileSync(from);
  writeFileSync(join(folder, name), mutateBytes(bytes, random, bytes));
}
