import type { KerasObject } from '../contract.ts';
import { rowOfFailure } from '../contract/verdicts.ts';
import { checkIsFile } from '../formats/find-format.ts';
import { inspectFile, type Inspection } from '../inspect/inspect-file.ts';
import { count, significant } from '../text/numbers.ts';
import { versionText } from '../report/view/evaluation.ts';
import { english } from '../words/en.ts';
import { fileSize } from '../text/bytes.ts';
import { summaryShape } from '../text/shape.ts';
import type { CliContext } from './context.ts';
import { wholeProblems } from './problems.ts';
import { problemNamed, type ProblemsFlag } from './problems-option.ts';
import type { Screen } from './screen.ts';

export interface InspectFlags extends ProblemsFlag {
  readonly problem?: string;
  readonly json?: boolean;
}

/** Tells what is in a file; the exit code says whether it can be read. */
export async function inspect(
  file: string,
  flags: InspectFlags,
  context: CliContext,
): Promise<void> {
  await checkIsFile(file);
  const definitions = wholeProblems(flags, context).map(({ definition }) => definition);
  const problem = flags.problem && { problem: problemNamed(flags.problem, flags).definition };
  const options = { ...problem, signal: context.signal };
  const found = await inspectFile(file, definitions, options);
  if (flags.json) context.screen.print(JSON.stringify(found, null, 2));
  else printInspection(found, context.screen);
  if (found.failure) context.exit(rowOfFailure(found.failure).exitCode);
}

function printInspection(found: Inspection, screen: Screen): void {
  const { kind, facts, failure, model } = found;
  const version = facts ? `, ${versionText(facts.kerasVersion, english.modelFile.noVersion)}` : '';
  const title = kind ? `${kind.title}${version}` : 'no model';
  screen.print(
    `${screen.style('bold', found.file)}  ${title}, ${fileSize(facts?.bytes ?? found.bytes)}`,
  );
  if (model) {
    screen.print('');
    for (const line of layerTable(model)) screen.print(line);
    screen.print('');
    for (const [name, text] of factLines(found, model)) screen.print(`${name.padEnd(9)}${text}`);
    if (!failure) printFits(found, screen);
  }
  for (const note of found.notes) screen.print(screen.style('dim', `note: ${note}`));
  if (!failure) return;
  if (model) screen.print('');
  screen.print(`${screen.style('red', 'Refused.')} ${failure.message}`);
  if (failure.help) screen.print(`  ${failure.help}`);
}

function layerTable({ layers }: NonNullable<Inspection['model']>): string[] {
  const rows = layers.map((layer) => [
    `${layer.name} (${layer.className})`,
    summaryShape(layer.outputShape),
    count(layer.parameters),
  ]);
  const all = [['Layer', 'Output shape', 'Parameters'], ...rows];
  const width = (column: number) => Math.max(...all.map((row) => row[column]?.length ?? 0));
  const [first, second, third] = [width(0), width(1), width(2)];
  return all.map(
    ([layer = '', shape = '', parameters = '']) =>
      `${layer.padEnd(first)}  ${shape.padEnd(second)}  ${parameters.padStart(third)}`,
  );
}

function factLines(
  { facts, hasWeights, compile, compileProblem }: Inspection,
  model: NonNullable<Inspection['model']>,
): [string, string][] {
  const frozen = model.parameters - model.trainableParameters;
  const of = count(model.parameters);
  return [
    ['Weights', `${of} parameters${frozen > 0 ? `, ${count(frozen)} frozen` : ''}`],
    ['Input', model.inputs.map(summaryShape).join(' and ')],
    ['Output', model.outputs.map(summaryShape).join(' and ')],
    ...(facts && hasWeights ? [['File', sizes(facts)] as [string, string]] : []),
    ...(facts && !hasWeights
      ? [
          ['File', 'an architecture without weights: it is trained with a recipe'] as [
            string,
            string,
          ],
        ]
      : []),
    ['Compile', compile ? compileText(compile) : `none: ${compileProblem ?? 'not saved'}`],
    [
      'Example',
      `${scaled(model.flops)}FLOP and ${fileSize(model.activationBytes)} of activations for one example`,
    ],
  ];
}

function sizes({ bytes, weightBytes, optimizerBytes }: NonNullable<Inspection['facts']>): string {
  const rest = Math.max(0, bytes - weightBytes - optimizerBytes);
  const optimizer =
    optimizerBytes > 0
      ? ` + ${fileSize(optimizerBytes)} optimizer state (not needed for grading)`
      : '';
  return `${fileSize(weightBytes)} weights${optimizer} + ${fileSize(rest)} besides`;
}

function compileText({ optimizer, loss }: NonNullable<Inspection['compile']>): string {
  const rate = optimizer.config['learning_rate'];
  const named =
    typeof rate === 'number' ? ` (learning rate ${significant(rate)})` : scheduleText(rate);
  return `${optimizer.class_name}${named}, ${loss.class_name}`;
}

function scheduleText(rate: unknown): string {
  const { class_name: name } = rate as Partial<KerasObject>;
  return name === undefined ? '' : ` (${name})`;
}

function printFits({ problems }: Inspection, screen: Screen): void {
  const width = Math.max(0, ...problems.map(({ id }) => id.length));
  for (const { id, refusal } of problems) {
    const mark = refusal === null ? screen.style('green', '✓') : screen.style('dim', '✗');
    screen.print(`${mark} ${id.padEnd(width)}  ${refusal ?? 'takes this input and output'}`);
  }
}

function scaled(value: number): string {
  const [size, unit] = (
    [
      [1e9, 'G'],
      [1e6, 'M'],
      [1e3, 'k'],
    ] as const
  ).find(([least]) => value >= least) ?? [1, ''];
  return `${significant(value / size, 3)} ${unit}`;
}
