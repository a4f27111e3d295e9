import { basename } from 'node:path';
import type { Container, ContainerFormat, OpenSetting } from '../container.ts';
import { openHdf5Container } from './hdf5-container.ts';
import { openTfjsContainer } from './tfjs-container.ts';
import { openZipContainer } from './zip-container.ts';
import { openJsonContainer } from './json-container.ts';
import { Refusals } from './refusal.ts';

interface ContainerOptions {
  /** A folder of its own for what must be unpacked; needed for `.keras` files. */
  readonly scratch: string;
  /** Called every now and then, as long as it goes on. */
  readonly onProgress?: () => void;
}

const openers: Record<
  ContainerFormat,
  (path: string, setting: OpenSetting) => Container | Promise<Container>
> = {
  'keras-hdf5': openHdf5Container,
  'keras-zip': openZipContainer,
  'keras-json': openJsonContainer,
  'tfjs-layers': openTfjsContainer,
};

/**
 * Opens a model file; its weights are read later, one array at a time. Throws a `GraderError` with
 * fault `candidate` where the file is damaged or not what its format promises, and `limit` where it
 * declares more than the limits.
 */
export async function openContainer(
  path: string,
  format: ContainerFormat,
  { scratch, onProgress = () => undefined }: ContainerOptions,
): Promise<Container> {
  const refusals = new Refusals(basename(path));
  return openers[format](path, { refusals, scratch, onProgress });
}
