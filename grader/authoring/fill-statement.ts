import type { ProblemDefinition, Profile } from '../contract.ts';
import { count } from '../text/numbers.ts';
import { showShape } from '../text/shape.ts';
import { translate } from '../text/translate.ts';
import type { Words } from '../words/en.ts';

type Filler = (definition: ProblemDefinition, words: Words) => string;

/** What a statement may have in double braces, and what of `problem.json` stands there when it is shown. */
const fillers = {
  title: ({ title }) => title,
  summary: ({ summary }) => summary,
  input: ({ input }) => `${input.shapes.map(code).join(', ')}, ${input.dtype}`,
  outputs: ({ outputs }) =>
    outputs.map(({ shape, description }) => `${code(shape)}: ${description}`).join('; '),
  classes: ({ classes = [] }) => classes.map((name) => `\`${name}\``).join(', '),
  dataset: ({ dataset }) => dataset.title,
  licence: ({ dataset }) => dataset.licence,
  citation: ({ dataset }) => dataset.citation,
  homepage: ({ dataset }) => dataset.homepage,
  metric: ({ metric }, words) => words.metricName(metric.name),
  unit: ({ metric }) => metric.unit,
  thresholds,
  passMark: ({ passMark }) => String(passMark),
  limits: ({ limits }, words) =>
    words.statement.limits({
      seconds: count(limits.trainingSeconds),
      parameters: count(limits.parameters),
      layers: count(limits.layers),
      mebibytes: count(limits.activationMegabytes),
    }),
} as const satisfies Readonly<Record<string, Filler>>;

export const fillerNames: readonly string[] = Object.keys(fillers);

/** Every placeholder of a statement, by name. */
export function placeholdersIn(statement: string): readonly string[] {
  return [...statement.matchAll(placeholder)].map(([, name = '']) => name);
}

const placeholder = /\{\{ *(\w*) *\}\}/g;

/** A statement with the figures of its problem; what is no placeholder of ours stays as it is. */
export function fillStatement(
  statement: string,
  definition: ProblemDefinition,
  words: Words,
): string {
  const texts = definition.texts?.[words.tag] ?? {};
  return statement.replace(placeholder, (all, name: string) =>
    isFiller(name) ? translate(fillers[name](definition, words), texts) : all,
  );
}

function isFiller(name: string): name is keyof typeof fillers {
  return Object.hasOwn(fillers, name);
}

/** A table of all profiles, as Markdown. */
function thresholds({ metric, profiles }: ProblemDefinition, words: Words): string {
  const rows = Object.entries(profiles).map(([name, { bars, inclusive }]: [string, Profile]) => {
    const sign = `${metric.better === 'lower' ? '<' : '>'}${inclusive ? '=' : ''}`;
    const label = Object.keys(profiles).length > 1 ? `, ${name}` : '';
    return [
      `${words.metricName(metric.name)}${label}`,
      ...bars.map(({ value }) => `${sign} ${value}`),
    ];
  });
  const points = profiles.strict.bars.map((bar) => String(bar.points));
  const table = [[words.statement.points, ...points], ['---', ...points.map(() => '---')], ...rows];
  return table.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function code(shape: readonly (number | null)[]): string {
  return `\`${showShape(shape)}\``;
}
