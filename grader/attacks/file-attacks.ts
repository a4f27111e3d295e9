import { rm } from 'node:fs/promises';
import { temporaryFolder } from '../files/temporary.ts';
import { held, open, type Attack, type AttackResult } from './attack.ts';
import { hostileFiles, type HostileFile } from './files.ts';
import { runCli, type CliRun } from './run-cli.ts';
import type { Secrets } from './secrets.ts';

/** Files that are no good submissions, handed to the real program. */
export function fileAttacks(secrets: Secrets): readonly Attack[] {
  return Object.entries(hostileFiles).map(([name, file]) => ({
    kind: 'file',
    name,
    run: () => handIn(file, secrets),
  }));
}

async function handIn({ make, expects }: HostileFile, secrets: Secrets): Promise<AttackResult> {
  const folder = temporaryFolder('attack');
  try {
    const name = make(folder, secrets);
    const run = await runCli(['inspect', name, '--json'], { cwd: folder });
    if (run.timedOut) return open('it hangs');
    if (secrets.isIn(run.stdout + run.stderr)) return open('it says what it must not know');
    const code = codeOf(run);
    return expects.includes(code) ? held(code) : open(`${code} instead of ${expects.join(' or ')}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of the refusal; `read` where there is none, `usage` where it was not opened at all. */
function codeOf({ exitCode, stdout, stderr }: CliRun): string {
  if (exitCode === 2) return 'usage';
  const found = /"failure": (?:null|\{[^}]*?"code": "([^"]+)")/.exec(stdout);
  if (found) return found[1] ?? 'read';
  return `exit code ${exitCode} (${stderr.slice(0, 200)})`;
}
