import type { Container, OpenSetting } from '../container.ts';
import { openFile } from './byte-source.ts';
import { checkConfigBytes, memberOf, parseJson, versionOf } from './parse-json.ts';
import type { Refusals } from './refusal.ts';

/** Opens what `model.to_json()` gave: an architecture without weights. */
export function openJsonContainer(path: string, { refusals }: OpenSetting): Container {
  const { value, bytes } = readModelJson(path, refusals);
  // json.dump(model.to_json(), file) puts the text into quotes.
  const config =
    typeof value === 'string' ? parseJson({ text: value, what: 'its text' }, refusals) : value;
  return {
    kerasVersion: versionOf(memberOf(config, 'keras_version')),
    config,
    compile: memberOf(config, 'compile_config') ?? null,
    notes: [],
    bytes,
    optimizerBytes: 0,
    weights: null,
    close: () => undefined,
  };
}

/** A file of JSON, whole. */
export function readModelJson(path: string, refusals: Refusals): { value: unknown; bytes: number } {
  const file = openFile(path, refusals);
  try {
    checkConfigBytes({ what: 'the file', bytes: file.bytes }, refusals);
    const content = new Uint8Array(file.bytes);
    const text = new TextDecoder().decode(content.subarray(0, file.read(content, 0)));
    return { value: parseJson({ text, what: 'the file' }, refusals), bytes: file.bytes };
  } finally {
    file.close();
  }
}
