import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProblemDefinition, Profile, Shape } from '../../contract.ts';
import { inspectFile } from '../../inspect/inspect-file.ts';
import { nearest } from '../../recipe/names.ts';
import { showShape } from '../../text/shape.ts';
import { translate } from '../../text/translate.ts';
import { fillerNames, placeholdersIn } from '../fill-statement.ts';
import { mistake, warning, type Mistake } from '../mistake.ts';

/** Statements in all languages: there, and with the figures of the definition. */
export function statementMistakes(
  directory: string,
  definition: ProblemDefinition | null,
): readonly Mistake[] {
  const names = filesLike(directory, /^statement(?:\.[a-z]{2,3})?\.md$/);
  const absent = names.includes('statement.md') ? [] : [missing('statement.md')];
  return [
    ...absent,
    ...names.flatMap((name) => {
      const text = readFileSync(join(directory, name), 'utf8');
      const empty = text.trim() === '' ? [mistake(name, { message: 'is empty' })] : [];
      return [
        ...empty,
        ...unknownPlaceholders(name, text),
        ...(definition ? otherFigures(name, text, definition) : []),
      ];
    }),
  ];
}

function filesLike(directory: string, pattern: RegExp): readonly string[] {
  return readdirSync(directory)
    .filter((name) => pattern.test(name))
    .sort();
}

function missing(name: string): Mistake {
  return mistake(name, {
    message: 'is not there',
    help: 'Candidates see it by `grader show` and `grader start`.',
  });
}

function unknownPlaceholders(file: string, text: string): readonly Mistake[] {
  return placeholdersIn(text).flatMap((name) => {
    if (fillerNames.includes(name)) return [];
    const near = nearest(name, fillerNames);
    const help = near === null ? `There are: ${fillerNames.join(', ')}.` : `Is {{${near}}} meant?`;
    return [mistake(file, { message: `{{${name}}} stands for nothing`, help })];
  });
}

/** Thresholds and shapes that a statement gives in figures of its own. */
function otherFigures(
  file: string,
  text: string,
  { profiles, input, outputs }: ProblemDefinition,
): readonly Mistake[] {
  const has = (name: string) => placeholdersIn(text).includes(name);
  const ofShapes = (name: string, shapes: readonly Shape[]) =>
    has(name) || shapes.some((shape) => mentions(text, shape))
      ? []
      : [
          mistake(file, {
            message: `names none of the ${name} shapes ${shapes.map(showShape).join(', ')}`,
            help: `Write {{${name}}}, which is filled in when it is shown.`,
          }),
        ];
  const bars = has('thresholds') ? [] : barMistakes(file, text, Object.values(profiles));
  return [
    ...ofShapes('input', input.shapes),
    ...ofShapes(
      'outputs',
      outputs.map(({ shape }) => shape),
    ),
    ...bars,
  ];
}

function mentions(text: string, shape: Shape): boolean {
  const sizes = shape.map((size) => (size === null ? '(?:null|None)' : String(size)));
  return new RegExp(`\\[${sizes.join(',\\s*')}\\]`).test(text);
}

/** Rows of figures below a row of the points 5 to 1 must be those of a profile. */
function barMistakes(file: string, text: string, profiles: readonly Profile[]): readonly Mistake[] {
  const lines = text.split('\n');
  const head = lines.findIndex((line) => figuresOf(line).join() === '5,4,3,2,1');
  const help = 'Write {{thresholds}}, which is filled in when it is shown.';
  if (head < 0) return [mistake(file, { message: 'has no table of thresholds', help })];
  const end = lines.findIndex((line, at) => at > head && !line.startsWith('|'));
  const rows = lines.slice(head + 2, end < 0 ? undefined : end);
  const known = profiles.map(({ bars }) => bars.map(({ value }) => value).join());
  return rows.flatMap((line, index) => {
    const figures = figuresOf(line);
    if (known.includes(figures.join())) return [];
    return [
      mistake(file, {
        place: `line ${head + 3 + index}`,
        message: `says ${figures.join(', ')} for 5 to 1 points, problem.json ${known.map((each) => each.replaceAll(',', ', ')).join(' or ')}`,
        help,
      }),
    ];
  });
}

/** The numbers in the cells of a table's row but the first. */
function figuresOf(line: string): readonly number[] {
  const cells = line.split('|').slice(2, -1);
  return cells.flatMap((cell) => /-?\d*\.?\d+/.exec(cell)?.map(Number) ?? []);
}

/** Starters in all languages: there, and recipes that the problem takes. */
export async function starterMistakes(
  directory: string,
  definition: ProblemDefinition | null,
  signal: AbortSignal,
): Promise<readonly Mistake[]> {
  const names = filesLike(directory, /^(?:starter(?:\.[a-z]{2,3})?|reference)\.ts$/);
  const found = names.includes('starter.ts') ? [] : [missing('starter.ts')];
  for (const name of names) {
    const options = definition ? { problem: definition, signal } : { signal };
    const { failure } = await inspectFile(join(directory, name), [], options);
    if (!failure) continue;
    const { message, help } = failure;
    found.push(mistake(name, { message, ...(help === undefined ? {} : { help }) }));
  }
  return found;
}

/** Keys of `problem.ko.json` that are a text of nothing in the package: its definition, its data or its code. */
export function unusedTexts(
  { texts = {}, ...definition }: ProblemDefinition,
  { said, code }: { readonly said: readonly string[]; readonly code: string },
): readonly Mistake[] {
  const known = [...stringsIn(definition), ...said];
  const isSaid = (key: string) =>
    // What a key gives for its own text may be the text itself, as a name may be in both languages.
    known.some((text) => translate(text, { [key]: '\0' }) !== text) ||
    // A note that this machine's data gave no cause for.
    key.split(/\{\w+\}/).every((piece) => code.includes(piece));
  return Object.entries(texts).flatMap(([language, own]) =>
    Object.keys(own).flatMap((key) => {
      if (isSaid(key)) return [];
      const near = nearest(key, known);
      const help = near === null ? 'Take it out.' : `Is "${near}" meant?`;
      const message = `translates "${key}", which the package does not say`;
      return [warning(`problem.${language}.json`, { message, help })];
    }),
  );
}

/** Every string of a document. */
export function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/** What nobody has written yet since the package was made. */
export function leftovers(
  definition: ProblemDefinition,
  written: Readonly<Record<string, string>>,
): readonly Mistake[] {
  const strings = stringsIn(definition);
  const left = Object.values(written).filter((text) => strings.includes(text));
  if (left.length === 0) return [];
  const texts = left.map((text) => `"${text}"`).join(', ');
  const message = `still has texts that \`problem new\` wrote: ${texts}`;
  return [warning('problem.json', { message, help: 'Write your own in their place.' })];
}
