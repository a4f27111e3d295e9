import { execa } from 'execa';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { findEngine } from '../../grader/setup/ensure-engine.ts';
import { packageRoot } from '../../grader/package-root.ts';

/**
 * Runs a program of ours with TensorFlow in it, which prints JSON lines; jest's own realm would
 * break TF.js's type checks. `train/tensors.js` is the file of this name in `train/programs`.
 */
export async function runProgram<Line>(
  name: string,
  fixture = '-',
  words: readonly (string | number)[] = [],
): Promise<Line[]> {
  const engine = await findEngine({});
  const folder = join(packageRoot, 'test', 'engine', dirname(name), 'programs');
  const program = join(folder, basename(name));
  const isPath = fixture === '-' || isAbsolute(fixture);
  const path = isPath ? fixture : join(packageRoot, 'test', 'fixtures', fixture);
  const { stdout } = await execa(process.execPath, [
    ...[program, engine?.addon ?? '', path],
    ...words.map(String),
  ]);
  return stdout.split('\n').map((line) => JSON.parse(line) as Line);
}
