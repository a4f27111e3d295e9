import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ProblemDefinition } from '../grader/contract.ts';
import { GraderError } from '../grader/errors.ts';
import { metricOf } from '../grader/metrics/metric.ts';
import type { Texts } from '../grader/text/translate.ts';
import {
  definitionMistakes,
  schemaMistakes,
  type DefinitionMistake,
} from './definition-mistakes.ts';
import { isTexts, type Written } from './definition-schema.ts';

/**
 * Reads and checks `problem.json` of a package folder.
 * Throws a `GraderError` with fault `package` that names the path and, for all that is wrong, the rule and what came.
 */
export function loadDefinition(directory: string): ProblemDefinition {
  const file = join(directory, 'problem.json');
  const document = readDocument(file);
  const mistakes = definitionMistakes(document, basename(directory));
  if (mistakes.length > 0) throw broken(file, mistakes.map(sentence));
  const written = document as Written;
  const { id, unit } = written.metric;
  const { name, better } = metricOf(id);
  const texts = textsIn(directory);
  return { ...written, metric: { id, name, unit, better }, ...(texts && { texts }) };
}

/** Of `problem.ko.json` and the like; null where there is none. */
function textsIn(directory: string): ProblemDefinition['texts'] | null {
  const names = readdirSync(directory).filter(isTextsName);
  if (names.length === 0) return null;
  const read = names.sort().map((each): [string, Texts] => {
    const path = join(directory, each);
    const document = readDocument(path);
    if (!isTexts(document)) {
      throw broken(path, schemaMistakes(isTexts.errors ?? [], document).map(sentence));
    }
    return [each.split('.')[1] ?? '', document];
  });
  return Object.fromEntries(read);
}

/** `problem.ko.json`. */
export function isTextsName(name: string): boolean {
  return /^problem\.[a-z]{2,3}\.json$/.test(name);
}

function readDocument(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw broken(file, [error instanceof Error ? error.message : String(error)], error);
  }
}

function sentence({ place, rule }: DefinitionMistake): string {
  return `${place} ${rule}`;
}

function broken(file: string, complaints: readonly string[], cause?: unknown): GraderError {
  const lines = complaints.map((complaint) => `${file}: ${complaint.replace(/\.?$/, '.')}`);
  return new GraderError(
    {
      fault: 'package',
      code: 'problem-json',
      message: lines.join('\n'),
      help: 'Correct the problem package. The submission is not at fault.',
    },
    { cause },
  );
}
