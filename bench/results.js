import { against, barsTable, predictOf, stepOf } from './bars.js';
import { number, percent, perSecond, spread, table } from './markdown.js';
import { settingText } from './search.js';

/** Losses of contenders that learn the same thing may differ by their initial weights only. */
const mostLossRatio = 2;

/** The whole of bench/RESULTS.md. */
export function renderResults(results) {
  const { main, growth } = results;
  const measured = main.filter(({ entries }) => entries.length > 0);
  const pinned = main.filter(({ oneCore }) => oneCore.length > 0);
  return [
    '# Benchmark',
    ...circumstances(results),
    ...section('Bars', measured, barsTable),
    ...section('Training', measured, (rows) => trainingTable(rows, results.missing)),
    ...section(oneCoreTitle(results), pinned, oneCoreTable),
    ...section('Prediction', measured, predictionTable),
    ...section('Cost against size', growth, growthTable),
    ...section('The same task', measured, lossTable),
    ...section('Settings that were tried', main.filter(hasTries), settingsTable),
    ...section('Failures', results.failures, (lines) => lines.map((line) => `- ${line}`)),
  ].join('\n');
}

/** Workloads whose losses lie too far apart for one and the same task. */
export function differentTasks(main) {
  return main.filter(({ entries }) => entries.length > 0 && lossRatio(entries) > mostLossRatio);
}

function circumstances({ options, machine, missing, main, load }) {
  const { processor, cores, gigabytes, system } = machine;
  const lines = [
    `- ${new Date().toISOString().slice(0, 10)}, ${processor}, ${cores} cores, ${gigabytes} GiB, ${system}`,
    ...versionsText(main),
    `- load average before: ${load.before}; after: ${load.after}`,
    `- median of ${options.timing.windows} windows of ${options.timing.seconds} s, contenders in turns; rounds in which other programs used more than 5 % of the machine are repeated, at most ${options.timing.extraRounds} of them`,
  ];
  if (options.quick) lines.push('- **quick: times mean nothing**, no settings were tried');
  else if (!options.isFull) lines.push('- a part of the benchmark only');
  if (missing.length > 0) {
    lines.push(`- without ${missing.join(', ')}: no Python environment (\`--make-python-env\`)`);
  }
  return ['', ...lines, ''];
}

/** A line, or none where the size table alone was asked for. */
function versionsText(main) {
  const all = main.flatMap(({ entries, oneCore }) => [...entries, ...oneCore]);
  const byName = new Map(all.map(({ name, versions }) => [name, versions]));
  const texts = [...byName].map(([name, versions]) => {
    const parts = Object.entries(versions).map(([what, version]) => `${what} ${version}`);
    return `${name}: ${parts.join(', ')}`;
  });
  return texts.length === 0 ? [] : [`- ${texts.join('; ')}`];
}

function section(title, rows, render) {
  return rows.length === 0 ? [] : [`## ${title}`, '', ...render(rows), ''];
}

const trainingColumns = [
  ...['workload', 'who', 'ms/step', 'least-most', 'CPU ms/step', 'per second', 'first step s'],
  ...['peak MB', 'ours / it', 'others', 'setting'],
];

function trainingTable(rows, missing) {
  return [
    'First step: seconds from the start of the process, median of three starts, peers with the setting that starts fastest. Memory: most resident memory of the training process. Others: share of the machine that other programs used meanwhile.',
    '',
    ...table(
      trainingColumns,
      rows.flatMap(({ workload, found, entries }) => [
        ...entries.map((entry) => [
          ...startOfRow(workload, entries, entry),
          ...[perSecond(workload, stepOf(entry)), entry.firstStep.toFixed(2)],
          ...[String(Math.round(entry.bytes / 1e6)), ratioText(entries, entry, stepOf)],
          ...[percent(entry.others), settingText(entry.setting)],
        ]),
        ...missing.map((name) => absentRow(name, 'no Python environment')),
        ...found
          .filter(({ contender }) => !entries.some(({ name }) => name === contender.name))
          .map(({ contender }) => absentRow(contender.name, 'failed')),
      ]),
    ),
  ];
}

function absentRow(name, why) {
  return ['', name, why, ...trainingColumns.slice(3).map(() => '-')];
}

function startOfRow(workload, entries, entry) {
  const isFirst = entries[0] === entry;
  return [
    isFirst ? `${workload.name}: ${workload.title}, batch ${workload.batch}` : '',
    ...[entry.name, number(stepOf(entry)), spread(entry.steps), number(entry.cpu)],
  ];
}

function oneCoreTitle({ isPinned }) {
  return isPinned ? 'One core, one thread' : 'One thread (no taskset here: not pinned to a core)';
}

function oneCoreTable(rows) {
  return table(
    ['workload', 'who', 'ms/step', 'least-most', 'CPU ms/step', 'ours / it', 'others', 'setting'],
    rows.flatMap(({ workload, oneCore }) =>
      oneCore.map((entry) => [
        ...startOfRow(workload, oneCore, entry),
        ratioText(oneCore, entry, stepOf),
        percent(entry.others),
        settingText(entry.setting),
      ]),
    ),
  );
}

function predictionTable(rows) {
  return [
    'Milliseconds for as many rows as a training batch has; each with the setting that predicts fastest, ours with that of its training.',
    '',
    ...table(
      ['workload', 'who', 'ms/batch', 'least-most', 'per second', 'ours / it', 'others', 'setting'],
      rows.flatMap(({ workload, entries }) =>
        entries.map((entry, index) => [
          index === 0 ? workload.name : '',
          ...[entry.name, number(predictOf(entry)), spread(entry.predicts)],
          ...[perSecond(workload, predictOf(entry)), ratioText(entries, entry, predictOf)],
          ...[percent(entry.predictOthers), settingText(entry.predictSetting)],
        ]),
      ),
    ),
  ];
}

function growthTable(rows) {
  const names = [...new Set(rows.flatMap(({ entries }) => entries.map(({ name }) => name)))];
  const cells = ({ entries }) =>
    names.flatMap((name) => {
      const entry = entries.find((each) => each.name === name);
      return entry ? [number(stepOf(entry)), String(Math.round(entry.bytes / 1e6))] : ['-', '-'];
    });
  return [
    'ms/step and peak MB with the settings of the workload that grows.',
    '',
    ...table(
      [
        ...['axis', 'size', 'model'],
        ...names.flatMap((name) => [`${name} ms`, `${name} MB`]),
        'ours / best',
      ],
      rows.map((row) => {
        const best = against(row.entries, stepOf);
        const ratio = best ? `${best.ratio.toFixed(2)} ${best.name}` : '-';
        return [row.axis, String(row.size), row.workload.title, ...cells(row), ratio];
      }),
    ),
  ];
}

function lossTable(rows) {
  return [
    'Losses before the first step, and mean of the next up to nine steps, on the same rows in the same order; initial weights are drawn by each from the same distributions.',
    '',
    ...table(
      ['workload', 'who', 'first loss', 'next losses', 'most / least'],
      rows.flatMap(({ workload, entries }) =>
        entries.map(({ name, firstLoss, loss }, index) => [
          ...[index === 0 ? workload.name : '', name, number(firstLoss), number(loss)],
          index === 0 ? lossRatio(entries).toFixed(2) : '',
        ]),
      ),
    ),
  ];
}

function lossRatio(entries) {
  const losses = entries.map(({ loss }) => loss);
  return Math.max(...losses) / Math.min(...losses);
}

function hasTries({ found }) {
  return found.some(({ tries }) => tries.length > 0);
}

function settingsTable(rows) {
  return table(
    ['workload', 'who', 'setting', 'ms/step', 'predict ms/batch', 'first step s'],
    rows.flatMap(({ workload, found }) =>
      found.flatMap(({ contender, tries }) =>
        tries.map(({ setting, failure, train, predict, firstStep }) => [
          ...[workload.name, contender.name, settingText(setting)],
          ...(failure
            ? [`failed: ${failure.replaceAll('|', '/')}`, '-', '-']
            : [number(train), number(predict), firstStep.toFixed(2)]),
        ]),
      ),
    ),
  );
}

function ratioText(entries, entry, numberOf) {
  const ours = entries.find(({ name }) => name === 'ours');
  return ours && ours !== entry ? (numberOf(ours) / numberOf(entry)).toFixed(2) : '';
}
