import type { Diagnosis, PlacedMistake, Places, Span } from './source.ts';

const mostMistakes = 200;

/** A diagnosis from a child's text, which is not to be trusted; null where it is none. */
export function readDiagnosis(text: string, length: number): Diagnosis | null {
  const parsed = parse(text);
  if (!isRecord(parsed) || !Array.isArray(parsed['mistakes'])) return null;
  const mistakes = (parsed['mistakes'] as unknown[])
    .slice(0, mostMistakes)
    .map((each) => readMistake(each, length))
    .filter((each) => each !== null);
  const places = isRecord(parsed['places']) ? readPlaces(parsed['places'], length) : {};
  return { mistakes, places, isWhole: parsed['isWhole'] === true, document: parsed['document'] };
}

function readMistake(value: unknown, length: number): PlacedMistake | null {
  if (!isRecord(value) || typeof value['message'] !== 'string') return null;
  const { message, line } = value;
  const at = readSpan(value['at'], length);
  return { message, at, line: Number.isInteger(line) && Number(line) > 0 ? Number(line) : null };
}

function readPlaces(places: Readonly<Record<string, unknown>>, length: number): Places {
  const read = Object.entries(places).flatMap(([path, place]) => {
    const value = isRecord(place) ? readSpan(place['value'], length) : null;
    if (!isRecord(place) || !value) return [];
    return [[path, { key: readSpan(place['key'], length), value }] as const];
  });
  return Object.fromEntries(read);
}

function readSpan(value: unknown, length: number): Span | null {
  const [start, end] = Array.isArray(value) ? (value as unknown[]).map(Number) : [];
  if (start === undefined || end === undefined) return null;
  const isSpan = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end;
  return isSpan && end <= length ? [start, end] : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON, so no diagnosis.
    return null;
  }
}
