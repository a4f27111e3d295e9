import { execa } from 'execa';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';

export interface SelftestAttack {
  readonly kind: string;
  readonly name: string;
  readonly state: 'held' | 'open' | 'skipped';
  readonly by: string;
  readonly isKnown: boolean;
}

export interface Selftest {
  readonly exitCode: number | undefined;
  readonly isolation: { readonly level: string; readonly reason: string };
  readonly node: string;
  readonly user: string;
  readonly isHeld: boolean;
  readonly attacks: readonly SelftestAttack[];
}

export interface SelftestRun {
  /** A folder that the run may use as it likes. */
  readonly folder: string;
  readonly only?: readonly string[];
  readonly level?: 'jail' | 'interpreter';
  /** Another Node than this one. */
  readonly node?: string;
  /** The number of a user without rights; needs root. */
  readonly user?: number;
}

/** `grader selftest --attacks`, as a user runs it. */
export async function runSelftest(run: SelftestRun): Promise<Selftest> {
  const { folder, only = [], level = 'jail', node = process.execPath, user } = run;
  // Whoever it is run as.
  chmodSync(folder, 0o777);
  const words = [join(packageRoot, 'grader', 'launch.js'), 'selftest', '--attacks', '--json'];
  const filter = only.length > 0 ? ['--only', ...only] : [];
  const who =
    user === undefined
      ? []
      : ['setpriv', '--reuid', String(user), '--regid', String(user), '--clear-groups', '--'];
  const [file = node, ...rest] = [...who, node, ...words, ...filter];
  const { exitCode, stdout, stderr } = await execa(file, rest, {
    cwd: folder,
    env: { GRADER_ISOLATION: level, HOME: folder, TMPDIR: folder, CI: 'true' },
    reject: false,
    stdin: 'ignore',
  });
  if (!stdout.startsWith('{')) throw new Error(`selftest gave no JSON: ${stdout}${stderr}`);
  return { ...(JSON.parse(stdout) as Omit<Selftest, 'exitCode'>), exitCode };
}

/** The attacks that are open although they should not be, with what got through. */
export function failuresOf({ attacks }: Selftest): string[] {
  return attacks
    .filter(({ state, isKnown }) => state !== 'held' && !isKnown)
    .map(({ kind, name, state, by }) => `${kind}: ${name}: ${state}: ${by}`);
}
