import type { StoredType } from './elements.ts';

export interface Hdf5Group {
  readonly kind: 'group';
  readonly path: string;
  readonly children: ReadonlyMap<string, Hdf5Group | Hdf5Array>;
}

export interface Hdf5Array {
  readonly kind: 'array';
  readonly path: string;
  readonly shape: readonly number[];
  /** Null for a kind of element that no weight has; `elementName` says which. */
  readonly element: StoredType | null;
  readonly elementName: string;
  /** As declared, unpacked. */
  readonly bytes: number;
  readonly chunks: readonly number[] | null;
  readonly isCompressed: boolean;
}

/** The object at a path below a group, `dense/kernel:0`. */
export function find(group: Hdf5Group, path: string): Hdf5Group | Hdf5Array | undefined {
  let found: Hdf5Group | Hdf5Array | undefined = group;
  for (const step of path.split('/').filter((part) => part !== '')) {
    if (found?.kind !== 'group') return undefined;
    found = found.children.get(step);
  }
  return found;
}

export function findGroup(group: Hdf5Group, path: string): Hdf5Group | undefined {
  const found = find(group, path);
  return found?.kind === 'group' ? found : undefined;
}
