import type { Validation } from '../authoring/lint/validate.ts';
import type { Mistake } from '../authoring/mistake.ts';
import { aligned } from '../text/columns.ts';
import { plural, significant } from '../text/numbers.ts';
import type { Screen } from './screen.ts';

/** Errors first, then warnings, then what the data are, and one line on the whole. */
export function printValidation({ problem, mistakes, data }: Validation, screen: Screen): void {
  const errors = mistakes.filter(({ isWarning }) => !isWarning);
  const warnings = mistakes.filter(({ isWarning }) => isWarning);
  for (const each of [...errors, ...warnings]) {
    const [head, help] = linesOf(each);
    const kind = each.isWarning ? screen.style('yellow', 'warning') : screen.style('red', 'error');
    screen.print(`${kind} ${head}`);
    if (help !== undefined) screen.print(`  ${help}`);
  }
  if (data) {
    if (mistakes.length > 0) screen.print('');
    for (const line of dataTable(data)) screen.print(line);
  }
  screen.print('');
  const counts = `${plural(errors.length, 'error')}, ${plural(warnings.length, 'warning')}`;
  screen.print(`${problem}: ${errors.length > 0 ? 'not usable' : 'usable'}, ${counts}.`);
}

function linesOf({ file, place, position, message, help }: Mistake): readonly [string, string?] {
  const at = position ? `:${position.line}:${position.column}` : '';
  const head = `${file}${at}${place === null ? '' : ` ${place}`}: ${message.replace(/(?<=[\w")\]])$/, '.')}`;
  return help === undefined ? [head] : [head, help];
}

function dataTable({ metric, ...data }: NonNullable<Validation['data']>): readonly string[] {
  const parts = [
    ['training', data.training],
    ['validation', data.validation],
    ['held out', data.heldOut],
  ] as const;
  const rows = parts.map(([name, { rows: count, low, high, targets }]) => [
    name,
    plural(count, 'row'),
    `inputs ${significant(low)} to ${significant(high)}`,
    targets.labels
      ? `classes ${targets.labels.join(', ')}`
      : `targets ${significant(targets.low)} to ${significant(targets.high)}`,
  ]);
  return [
    ...aligned(rows),
    `${metric}: ${significant(data.constant)} by one answer for all held-out rows.`,
  ];
}
