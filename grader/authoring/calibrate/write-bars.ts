import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GraderError } from '../../errors.ts';
import { writeWhole } from '../../files/atomic.ts';
import { diagnose } from '../../sandbox/start.ts';
import type { Calibration } from './calibrate.ts';

/**
 * Writes the proposed thresholds of `strict`, and what they were measured by, into `problem.json`; all else in the
 * text stays as it is. Throws fault `package` where they are not to be found in it.
 */
export async function writeBars(
  directory: string,
  calibration: Calibration,
  signal: AbortSignal,
): Promise<void> {
  const path = join(directory, 'problem.json');
  const text = await readFile(path, 'utf8');
  const places = (await diagnose(text, 'diagnose-json', { signal }))?.places ?? {};
  const written: readonly (readonly [string, unknown])[] = [
    ['/profiles/strict/source', sourceOf(calibration)],
    ...calibration.proposed.map(
      ({ value }, at) => [`/profiles/strict/bars/${at}/value`, value] as const,
    ),
  ];
  const changes = written.map(([place, value]) => {
    const span = places[place]?.value;
    if (!span) throw notThere(path, place);
    return { span, value: JSON.stringify(value) };
  });
  // From the end, so that earlier places stay where they are.
  const changed = changes
    .sort((one, other) => other.span[0] - one.span[0])
    .reduce(
      (all, { span: [start, end], value }) => all.slice(0, start) + value + all.slice(end),
      text,
    );
  await writeWhole(path, changed);
}

/** "Measured by `grader problem calibrate`: one answer for all rows .256, …". */
function sourceOf({ constant, starter, references }: Calibration): string {
  const short = (value: number) => String(Number(value.toPrecision(3)));
  const measured = references.map(({ file, spread: { values } }) => {
    const [low, high] = [Math.min(...values), Math.max(...values)].map(short);
    const seeds = values.length === 1 ? 'by one seed' : `over ${values.length} seeds`;
    return `${file} ${low === high ? low : `${low} to ${high}`} ${seeds}`;
  });
  return `Measured by \`grader problem calibrate\`: one answer for all rows ${short(constant.value)}, the starter ${short(starter.value)}, ${measured.join(', ')}.`;
}

function notThere(path: string, place: string): GraderError {
  return new GraderError({
    fault: 'package',
    code: 'problem-json',
    message: `${path} has no ${place} to write to.`,
  });
}
