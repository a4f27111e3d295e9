import { clean } from '../../text/show.ts';
import { modelFileLimits } from '../limits.ts';
import type { Hdf5Reader } from './hdf5-reader.ts';
import { inspectArray } from './hdf5-layout.ts';
import type { Hdf5Array, Hdf5Group } from './hdf5-objects.ts';

/** Looks through the whole file, without a value being read. */
export function walk(reader: Hdf5Reader): Hdf5Group {
  return walkGroup('', { reader, depth: 0, seen: new Set(), counted: { objects: 0, arrays: 0 } });
}

interface Walk {
  readonly reader: Hdf5Reader;
  readonly depth: number;
  /** Addresses of the groups passed, in hexadecimal digits. */
  readonly seen: Set<string>;
  readonly counted: { objects: number; arrays: number };
}

function walkGroup(path: string, at: Walk): Hdf5Group {
  const { reader, depth } = at;
  if (depth > modelFileLimits.depth) {
    throw reader.refusals.limit(
      'hdf5-depth',
      `${clean(path, 80)} is nested more than ${modelFileLimits.depth} groups deep.`,
    );
  }
  checkSeenOnce(path, at);
  const names = reader.ask(path || '/', (module, file) =>
    module.get_names(file, path || '/', false),
  );
  const children = new Map<string, Hdf5Group | Hdf5Array>();
  for (const name of names)
    children.set(name, walkLink(`${path}/${checkName(name, path, at)}`, at));
  return { kind: 'group', path, children };
}

function walkLink(path: string, at: Walk): Hdf5Group | Hdf5Array {
  const { reader, counted } = at;
  count('objects', at);
  if (counted.objects % 64 === 0) reader.onProgress();
  checkLink(path, reader);
  const type = reader.ask(path, (module, file) => {
    const found = module.get_type(file, path);
    if (found === module.H5G_GROUP) return 'group';
    return found === module.H5G_DATASET ? 'array' : 'other';
  });
  if (type === 'group') return walkGroup(path, { ...at, depth: at.depth + 1 });
  if (type === 'other') throw notAnObject(path, reader);
  count('arrays', at);
  return inspectArray(path, reader);
}

/** Hard links can form circles, and let one group count many times. */
function checkSeenOnce(path: string, { reader, seen }: Walk): void {
  const address = reader.ask(path || '/', (module, file) =>
    module.create_object_reference(file, path || '/').toString(),
  );
  if (seen.has(address)) {
    throw reader.refusals.candidate(
      'hdf5-link',
      `the group ${clean(path, 120)} is linked more than once.`,
      { help: saveAgain },
    );
  }
  seen.add(address);
}

function checkName(name: string, path: string, { reader }: Walk): string {
  if (name.length > modelFileLimits.nameLength) {
    throw reader.refusals.limit(
      'hdf5-name',
      `${clean(path, 80) || 'the file'} has a member with a name of ${name.length} characters; ` +
        `at most ${modelFileLimits.nameLength} are read.`,
    );
  }
  if (name !== '' && name !== '.' && name !== '..' && !name.includes('/')) return name;
  throw reader.refusals.damaged(
    `${clean(path, 120) || 'the file'} has a member named "${clean(name, 60)}".`,
  );
}

function count(what: 'objects' | 'arrays', { counted, reader }: Walk): void {
  counted[what] += 1;
  if (counted[what] <= modelFileLimits[what]) return;
  throw reader.refusals.limit(
    `hdf5-${what}`,
    `more than ${modelFileLimits[what]} ${what === 'objects' ? 'groups and arrays' : 'arrays'}.`,
  );
}

function checkLink(path: string, reader: Hdf5Reader): void {
  const target = reader.ask(
    path,
    (module, file) => module.get_symbolic_link(file, path) as string | null,
  );
  if (target !== null) {
    throw reader.refusals.candidate(
      'hdf5-link',
      `${clean(path, 120)} is a soft link to "${clean(target, 120)}"; Keras writes none.`,
      { help: saveAgain },
    );
  }
}

function notAnObject(path: string, reader: Hdf5Reader) {
  return reader.refusals.candidate(
    'hdf5-link',
    `${clean(path, 120)} is neither a group nor an array (a named type, or a link of another kind).`,
    { help: saveAgain },
  );
}

const saveAgain = 'Save the model again with model.save, into a new file.';
