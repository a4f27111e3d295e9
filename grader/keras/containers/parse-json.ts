import { findNotPlain } from '../../recipe/plain.ts';
import { mebibytes } from '../../text/bytes.ts';
import { clean } from '../../text/show.ts';
import { modelFileLimits } from '../limits.ts';
import { reasonOf, type Refusals } from './refusal.ts';

interface JsonText {
  readonly text: string;
  /** What it is, for messages: `its model_config`. */
  readonly what: string;
}

/** Parses JSON within the limits on size, depth and number of values; finite numbers only. */
export function parseJson({ text, what }: JsonText, refusals: Refusals): unknown {
  checkConfigBytes({ what, bytes: text.length }, refusals);
  const parsed = parse({ text, what }, refusals);
  const problem = findNotPlain(parsed, what);
  if (problem !== null) throw refusals.candidate('model-config', problem);
  return parsed;
}

/** To be called before a text is read. */
export function checkConfigBytes(
  { what, bytes }: { readonly what: string; readonly bytes: number },
  refusals: Refusals,
): void {
  if (bytes <= modelFileLimits.configBytes) return;
  throw refusals.limit(
    'model-config-too-large',
    `${what} takes ${mebibytes(bytes)} MiB; at most ${mebibytes(modelFileLimits.configBytes)} MiB are read.`,
  );
}

function parse({ text, what }: JsonText, refusals: Refusals): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const hasNotFinite = /[:[,]\s*-?(NaN|Infinity)\b/.test(text);
    throw refusals.candidate(
      'model-config',
      hasNotFinite
        ? `${what} holds NaN or Infinity, which JSON does not have.`
        : `${what} is no JSON (${clean(reasonOf(cause), 120)}).`,
      { help: 'The file is cut short, damaged or edited. Save the model again.', cause },
    );
  }
}

/** A member of parsed JSON; undefined where the value is no object or has none of its own. */
export function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

/** A version as the file states it, or null. */
export function versionOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? clean(value, 40) : null;
}
