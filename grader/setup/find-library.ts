import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** TensorFlow's C library in a folder, with its headers. */
export interface Library {
  readonly directory: string;
  /** File names of the two libraries in `directory`. */
  readonly main: string;
  readonly framework: string;
  readonly headers: string;
}

const linuxNames = [
  { main: 'libtensorflow_cc.so.2', framework: 'libtensorflow_framework.so.2' },
  { main: 'libtensorflow.so.2', framework: 'libtensorflow_framework.so.2' },
];
const macNames = [
  { main: 'libtensorflow_cc.2.dylib', framework: 'libtensorflow_framework.2.dylib' },
  { main: 'libtensorflow.2.dylib', framework: 'libtensorflow_framework.2.dylib' },
];
const firstHeader = join('tensorflow', 'c', 'c_api.h');

/**
 * The library in a folder laid out like the official archive (`lib/`, `include/`), like the wheel
 * (`tensorflow/`), or flat; else a sentence that names what is missing and where it was looked for.
 */
export function findLibrary(root: string): Library | string {
  if (!isDirectory(root)) return `There is no folder ${root}.`;
  const names = process.platform === 'darwin' ? macNames : linuxNames;
  const folders = [join(root, 'lib'), join(root, 'tensorflow'), root];
  for (const directory of folders) {
    const pair = names.find(({ main }) => existsSync(join(directory, main)));
    if (!pair) continue;
    if (!existsSync(join(directory, pair.framework))) {
      return `${directory} has ${pair.main} but lacks ${pair.framework}.`;
    }
    const places = [join(directory, 'include'), join(dirname(directory), 'include')];
    const headers = places.find((place) => existsSync(join(place, firstHeader)));
    if (headers === undefined) {
      return `${directory} has the libraries, but the header ${firstHeader} is missing. Looked in ${places.join(', ')}.`;
    }
    return { directory, ...pair, headers };
  }
  const wanted = names.map(({ main }) => main).join(' or ');
  return `No ${wanted} in ${root}. Looked in ${folders.join(', ')}.`;
}

/** The two libraries' names by the path of the first. */
export function libraryNamed(path: string): Pick<Library, 'main' | 'framework'> {
  const names = process.platform === 'darwin' ? macNames : linuxNames;
  const pair = names.find(({ main }) => main === basename(path));
  if (!pair) throw new Error(`internal: ${path} is no library of TensorFlow`);
  return pair;
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
