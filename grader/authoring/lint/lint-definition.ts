import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { definitionMistakes, schemaMistakes } from '../../../problems/definition-mistakes.ts';
import type { DefinitionMistake } from '../../../problems/definition-mistakes.ts';
import { isTexts } from '../../../problems/definition-schema.ts';
import { isTextsName } from '../../../problems/load-definition.ts';
import { diagnose } from '../../sandbox/start.ts';
import type { Places, Span } from '../../sandbox/diagnose/source.ts';
import { positionOf } from '../../text/excerpt.ts';
import { mistake, type Mistake } from '../mistake.ts';

export interface ReadDocument {
  /** Null where it cannot be read. */
  readonly document: unknown;
  readonly mistakes: readonly Mistake[];
}

interface JsonFile {
  readonly directory: string;
  readonly name: string;
  readonly signal: AbortSignal;
}

/** `problem.json` and all that breaks its rules, each at its place. */
export function readDefinition(directory: string, signal: AbortSignal): Promise<ReadDocument> {
  return readJson({ directory, name: 'problem.json', signal }, (document) =>
    definitionMistakes(document, basename(directory)),
  );
}

/** What breaks the rules of `problem.ko.json` and the like. */
export async function textsMistakes(
  directory: string,
  signal: AbortSignal,
): Promise<readonly Mistake[]> {
  const found: Mistake[] = [];
  for (const name of readdirSync(directory).filter(isTextsName).sort()) {
    const check = (document: unknown) =>
      isTexts(document) ? [] : schemaMistakes(isTexts.errors ?? [], document);
    found.push(...(await readJson({ directory, name, signal }, check)).mistakes);
  }
  return found;
}

async function readJson(
  { directory, name, signal }: JsonFile,
  check: (document: unknown) => readonly DefinitionMistake[],
): Promise<ReadDocument> {
  const path = join(directory, name);
  if (!existsSync(path)) {
    const help = 'grader problem new writes a package to start from.';
    return { document: null, mistakes: [mistake(name, { message: 'is not there', help })] };
  }
  const text = readFileSync(path, 'utf8');
  const diagnosis = await diagnose(text, 'diagnose-json', { signal });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const told = diagnosis?.mistakes ?? [];
    const ofParser = { message: error instanceof Error ? error.message : String(error), at: null };
    const mistakes = told.length > 0 ? told : [ofParser];
    return {
      document: null,
      mistakes: mistakes.map(({ message, at }) => ({
        ...mistake(name, { message }),
        ...(at ? { position: positionOf(text, at[0]) } : {}),
      })),
    };
  }
  const placed = check(document).map(({ place, rule, help }) => {
    const at = spanIn(diagnosis?.places ?? {}, place);
    return {
      ...mistake(name, { place, message: rule, ...(help === undefined ? {} : { help }) }),
      ...(at ? { position: positionOf(text, at[0]) } : {}),
    };
  });
  return { document, mistakes: placed };
}

/** Where a path is written, or what is around it where it is not there. */
function spanIn(places: Places, path: string): Span | undefined {
  const found = places[path === '/' ? '' : path];
  if (found || path === '') return found?.key ?? found?.value;
  return spanIn(places, path.slice(0, Math.max(0, path.lastIndexOf('/'))));
}
