import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exam, Problem } from '../contract.ts';
import { GraderError, usageError } from '../errors.ts';
import { packageRoot } from '../package-root.ts';
import { printable, shortened } from '../text/printable.ts';
import { clean, show } from '../text/show.ts';

interface ReadExam {
  readonly exam: Exam;
  /** As it was written: its hash is what is signed. */
  readonly text: string;
}

const mostBytes = 1 << 20;

/** Reads an exam's file. Throws with fault `usage` with all that is wrong in it. */
export async function readExam(path: string, problems: readonly Problem[]): Promise<ReadExam> {
  const text = await textOf(path);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw notRead(path, [`is no JSON: ${clean((error as Error).message)}`]);
  }
  checkExam(document, path, problems);
  return { exam: document, text };
}

/** Throws with fault `usage` with all that is wrong in an exam. `path` is where it stands, or will. */
export function checkExam(
  document: unknown,
  path: string,
  problems: readonly Problem[],
): asserts document is Exam {
  validate ??= compile();
  if (!validate(document)) throw notRead(path, (validate.errors ?? []).map(ruleBroken));
  const mistakes = mistakesIn(document, problems);
  if (mistakes.length > 0) throw notRead(path, mistakes);
}

async function textOf(path: string): Promise<string> {
  try {
    const status = await stat(path);
    if (!status.isFile()) throw notRead(path, ['is no file']);
    if (status.size > mostBytes) throw notRead(path, ['is too large for an exam']);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof GraderError) throw error;
    throw notRead(path, [`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`]);
  }
}

let validate: ValidateFunction<Exam> | undefined;

/** The file is made of the types in `grader/contract` by `npm run schema`. */
function compile(): ValidateFunction<Exam> {
  const path = join(packageRoot, 'grader', 'exam', 'exam.schema.json');
  const schema = JSON.parse(readFileSync(path, 'utf8')) as object;
  return new Ajv({ allErrors: true, allowUnionTypes: true, verbose: true }).compile<Exam>(schema);
}

function ruleBroken({ instancePath, message, params, data }: ErrorObject): string {
  const { additionalProperty, allowedValue, allowedValues } = params as Record<string, unknown>;
  const place = clean(instancePath || '/', 120);
  if (typeof additionalProperty === 'string') {
    return `${place} has a "${clean(additionalProperty, 60)}", which no exam has`;
  }
  const of = allowedValues ?? (allowedValue === undefined ? '' : [allowedValue]);
  const allowed = Array.isArray(of) ? `: ${of.map(String).join(', ')}` : '';
  return `${place} ${message ?? 'does not follow the schema'}${allowed}; it is ${show(data)}`;
}

/** What no schema can say. Weights are of a hundred, so that their sum is the total. */
function mistakesIn({ problems: asked, profile }: Exam, problems: readonly Problem[]): string[] {
  const mistakes: string[] = [];
  const sum = asked.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - 100) > 1e-9) mistakes.push(`/problems: the weights add up to ${sum}, not 100`);
  asked.forEach(({ id }, at) => {
    const place = `/problems/${at}/id`;
    if (asked.findIndex((each) => each.id === id) !== at)
      mistakes.push(`${place}: "${id}" is there twice`);
    const known = problems.map(({ definition }) => definition);
    const found = known.find((each) => each.id === id);
    if (!found) {
      const names = known.map((each) => each.id).join(', ');
      mistakes.push(`${place}: there is no problem "${id}". Problems: ${names}`);
    } else if (!Object.hasOwn(found.profiles, profile)) {
      mistakes.push(`/profile: ${id} has no profile "${profile}"`);
    }
  });
  return mistakes;
}

function notRead(path: string, mistakes: readonly string[]): GraderError {
  const lines = mistakes.slice(0, 20).map((each) => printable(each));
  return usageError(
    'exam-file',
    `${shortened(path)} is no exam that can be sat:\n  ${lines.join('\n  ')}`,
    'grader exam new FILE writes one to start from.',
  );
}
