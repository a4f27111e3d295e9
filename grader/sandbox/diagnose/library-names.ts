import * as grader from '../../index.ts';
import { nearest, sameName } from '../../recipe/names.ts';

/** What a recipe can import. */
export const libraryNames: readonly string[] = Object.keys(grader);

const groups = { layers: grader.layers, train: grader.train, callbacks: grader.callbacks };
const others = {
  losses: grader.losses,
  initializers: grader.initializers,
  regularizers: grader.regularizers,
};

const members = Object.entries({ ...groups, ...others }).flatMap(([group, functions]) =>
  Object.keys(functions).map((name) => ({ name, path: `${group}.${name}` })),
);

/** `layers.dense` for `Dense`, `train` for `Train`; null where the library has nothing alike. */
export function inLibrary(name: string): string | null {
  const own = libraryNames.find((known) => sameName(known, name));
  if (own !== undefined) return own;
  const member = members.find((each) => sameName(each.name, name));
  return member?.path ?? nearest(name, libraryNames);
}
