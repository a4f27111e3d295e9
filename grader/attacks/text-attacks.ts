import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../files/temporary.ts';
import { held, open, type Attack, type AttackResult } from './attack.ts';
import { runCli } from './run-cli.ts';

/** Names of files; as text also thrown and printed by the recipe in the file. */
const texts: Readonly<Record<string, string>> = {
  'github-command': '::error::x',
  'github-command-later': 'a\n::set-output name=points::5',
  'azure-command': '##vso[task.complete result=Succeeded]x',
  'azure-command-later': 'x ##[error]y',
  'teamcity-command': "##teamcity[testFinished name='x']",
  'terminal-clear': '\u001b[2J\u001b]0;title\u0007x',
  'terminal-8-bit': '\u009b2Jx',
  'terminal-back': 'x\b\b\r5 of 5',
  bidi: 'x\u202e5 of 5\u2066',
  'html-script': '<script>alert(1)',
  'html-image': '<img src=x onerror=alert(1)>',
  'html-attribute': '" autofocus onfocus="alert(1)',
  template: '{{{points}}}{{#each this}}x',
  'xml-cdata': ']]><failure>&x;',
  'csv-formula': "=cmd|'x'!A1",
  option: '--min-points=0',
};

/** Names and words that are commands or markup to whoever shows them. */
export function textAttacks(): readonly Attack[] {
  return Object.entries(texts).map(([name, text]) => ({
    kind: 'text',
    name,
    run: () => handIn(text),
  }));
}

async function handIn(text: string): Promise<AttackResult> {
  const folder = temporaryFolder('attack');
  const submissions = join(folder, 'in', 'regression');
  try {
    await mkdir(submissions, { recursive: true });
    const written = JSON.stringify(text);
    const recipe = `console.log(${written});\nthrow new Error(${written});\n`;
    await writeFile(join(submissions, `${text}.ts`), recipe);
    const words = ['check', 'in', '--junit', 'junit.xml', '--csv', 'points.csv', '--out', 'out'];
    const { exitCode, stdout, stderr } = await runCli(words, { cwd: folder });
    // Graded, below the points that are asked for.
    if (exitCode !== 1) return open(`exit code ${exitCode}: ${stderr.slice(0, 200)}`);
    const out = join(folder, 'out');
    const [result] = (await readdir(out, { withFileTypes: true })).filter((entry) =>
      entry.isDirectory(),
    );
    if (!result) return open('no result folder');
    const read = (...path: string[]) => readFile(join(...path), 'utf8');
    return verdictOf(text, {
      terminal: `${stdout}\n${stderr}`,
      log: await read(out, result.name, 'log.txt'),
      html: await read(out, result.name, 'report.html'),
      classPage: await read(out, 'index.html'),
      junit: await read(folder, 'junit.xml'),
      csv: (await read(folder, 'points.csv')).replaceAll('\r\n', '\n'),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Shown = Readonly<Record<'terminal' | 'log' | 'html' | 'classPage' | 'junit' | 'csv', string>>;

function verdictOf(text: string, shownAs: Shown): AttackResult {
  const { terminal, html, classPage, junit, csv } = shownAs;
  if (commands.test(terminal)) return open(`a command in the output: ${JSON.stringify(terminal)}`);
  for (const [name, shown] of Object.entries(shownAs)) {
    const found = hidden.exec(shown);
    if (found) return open(`a control character in the ${name}: ${JSON.stringify(found[0])}`);
  }
  const isMarkup = /[<>"&]/.test(text);
  if (isMarkup && html.includes(text)) return open('markup in the report');
  if (isMarkup && classPage.includes(text)) return open('markup in the page over the class');
  if (isMarkup && junit.includes(text)) return open('markup in JUnit’s XML');
  if (formula.test(csv)) return open('a formula in a cell of the table');
  return held('it is shown as text');
}

/** Of GitHub, Azure and TeamCity. */
const commands = /^\s*::|##\w*\[/m;
/** A cell that a spreadsheet computes. */
const formula = /(^|,)"?[=+@-][^\d]/m;
/** Control characters but for ends of lines and tabs, and those that reorder or hide text. */
const hidden = /(?![\n\t])[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u;
