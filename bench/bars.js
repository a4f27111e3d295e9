import { peerNames } from './contenders.js';
import { table } from './markdown.js';
import { leastBy, median } from './statistics.js';

const rivals = [...peerNames, 'theirs'];

const bars = [
  { title: 'step / best peer', must: 1, aim: 0.7, of: ({ entries }) => against(entries, stepOf) },
  {
    title: 'one core / best peer',
    must: 1,
    aim: 0.7,
    of: ({ oneCore }) => against(oneCore, stepOf),
  },
  {
    title: 'step / plain TF.js',
    must: 0.5,
    aim: 0.1,
    of: ({ entries }) => against(entries, stepOf, ['plain tfjs']),
  },
  {
    title: 'first step / best peer',
    must: 0.5,
    aim: 0.25,
    of: ({ entries }) => against(entries, ({ firstStep }) => firstStep),
  },
  {
    title: 'predict / best peer',
    must: 1,
    aim: 0.8,
    of: ({ entries }) => against(entries, predictOf),
  },
  {
    title: 'memory / Keras',
    must: 0.8,
    aim: 0.5,
    of: ({ entries }) => against(entries, ({ bytes }) => bytes, ['keras', 'theirs']),
  },
];

export function barsTable(rows) {
  return [
    'Ours divided by the best of the named; smaller is better. **Bold: the bar is missed.**',
    '',
    ...table(
      ['workload', ...bars.map(({ title }) => title)],
      [
        ['must', ...bars.map(({ must }) => `<= ${must}`)],
        ['aim', ...bars.map(({ aim }) => `<= ${aim}`)],
        ...rows.map((row) => [row.workload.name, ...bars.map((bar) => barCell(bar, row))]),
      ],
    ),
  ];
}

function barCell({ of, must, aim }, row) {
  const found = of(row);
  if (!found) return '-';
  const text = found.ratio.toFixed(2);
  const marked = found.ratio > must ? `**${text}**` : found.ratio <= aim ? `${text} (aim)` : text;
  return `${marked} ${found.name}`;
}

/** Ours divided by the least of the others, and whose that is; null without one of them. */
export function against(entries, numberOf, others = rivals) {
  const ours = entries.find(({ name }) => name === 'ours');
  const best = leastBy(
    entries.filter(({ name }) => others.includes(name)),
    numberOf,
  );
  return ours && best ? { ratio: numberOf(ours) / numberOf(best), name: best.name } : null;
}

export function stepOf({ steps }) {
  return median(steps);
}

export function predictOf({ predicts }) {
  return median(predicts);
}
