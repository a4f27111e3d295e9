import { expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { cacheWithEngine } from '../support/program-copy.ts';
import { runGrader } from '../support/run-grader.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const page = readFileSync(join(packageRoot, 'docs/adding-a-problem.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
  /** The file that it is, by the line above. */
  readonly file: string | null;
}

const blocks: readonly Block[] = [
  ...page.matchAll(/(?:^`([^`\n]+)`:\n\n)?^```(\w+)\n([^]*?)^```$/gm),
].map(([, file, language = '', text = '']) => ({ language, text, file: file ?? null }));

/** A text without its numbers, which hang on the processor, and the widths that hang on them. */
function words(text: string): string {
  return text.replace(/[<>]? ?[−-]?\d+(?:\.\d+)?/g, '#').replace(/ +/g, ' ');
}

function numbers(text: string): number[] {
  return (text.replaceAll('−', '-').match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
}

/** The digits of a training are another processor's; whole numbers of points may move by one. */
function expectAlike(shown: string, printed: string): void {
  expect(words(printed)).toBe(words(shown));
  const found = numbers(printed);
  numbers(shown).forEach((value, at) => {
    const reach = Math.max(Math.abs(value) <= 1 ? 0.1 : 1, 0.15 * Math.abs(value));
    expect(Math.abs((found[at] ?? NaN) - value)).toBeLessThanOrEqual(reach);
  });
}

test('the sixth problem is made by the commands of the page', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'node_modules'));
  symlinkSync(packageRoot, join(cwd, 'node_modules/grader'));
  const env = { GRADER_CACHE: cacheWithEngine(cwd), NO_COLOR: '1' };
  let printed = '';
  for (const { language, text, file } of blocks) {
    if (file !== null) writeFileSync(join(cwd, file), text);
    else if (language === 'text') expectShown(text, printed);
    else {
      const [program = '', ...args] = text.trim().split(' ');
      if (program === 'cp') cpSync(join(cwd, args[0] ?? ''), join(cwd, 'auto-mpg.data'));
      else printed = (await runGrader(args.slice(1), { cwd, env })).stdout;
    }
  }
  const files = blocks.flatMap(({ file }) => file ?? []);
  expect(files).toHaveLength(5);
  const definition = readFileSync(join(cwd, 'car-origin/problem.json'), 'utf8');
  expect(definition).toContain('Measured by `grader problem calibrate`');
}, 600_000);

/** Of a grading the page shows its first line. */
function expectShown(shown: string, printed: string): void {
  const lines = shown.trimEnd().split('\n');
  const all = printed.trimEnd().split('\n');
  const part = lines.length === 1 ? all.slice(0, 1) : all;
  expectAlike(lines.join('\n'), part.join('\n'));
}
