import { mkdir } from 'node:fs/promises';
import type { ContainerFormat } from '../keras/container.ts';
import { readModelFile } from '../keras/read-model-file.ts';
import type { OpenContext, OpenedModel, SubmissionFile } from './format.ts';

/** Opens a model file in a process of its own; the weights are in the scratch folder afterwards. */
export async function openModel(
  { path, parts = [] }: SubmissionFile & { readonly parts?: readonly string[] },
  format: ContainerFormat,
  { scratch, signal }: OpenContext,
): Promise<OpenedModel> {
  await mkdir(scratch, { recursive: true });
  const read = await readModelFile({ path, parts, format, scratch }, { signal });
  return read;
}
