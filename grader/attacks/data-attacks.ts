import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../files/temporary.ts';
import { held, open, type Attack, type AttackResult } from './attack.ts';
import { runCli } from './run-cli.ts';

type Work = (folder: string) => Promise<AttackResult>;

/** Poisoned caches and mirrors, each met by the real program. */
const works: Readonly<Record<string, Work>> = {
  'cache-open-to-all': async (folder) => {
    const cache = await madeOpen(join(folder, 'cache'));
    return untrusted(await runCli(['data', 'where', problem], { cwd: folder }), cache);
  },
  'cache-part-open-to-all': async (folder) => {
    await mkdir(join(folder, 'cache'));
    const cache = await madeOpen(join(folder, 'cache', 'prepared'));
    return untrusted(await runCli(['data', 'where', problem], { cwd: folder }), cache);
  },
  'cache-engine-open-to-all': async (folder) => {
    await mkdir(join(folder, 'cache', 'engine'), { recursive: true });
    const cache = await madeOpen(join(folder, 'cache', 'engine', 'forged'));
    return untrusted(await runCli(['doctor'], { cwd: folder }), cache);
  },
  'cache-data-changed': async (folder) => {
    const targets = 'training_targets.npy';
    const whole = await exported(folder, 'first');
    const prepared = join(folder, 'cache', 'prepared');
    const [name = ''] = await readdir(prepared);
    const path = join(prepared, name, 'open', 'training-targets.bin');
    const bytes = await readFile(path);
    await writeFile(
      path,
      bytes.map((byte) => byte ^ 1),
    );
    const again = await exported(folder, 'second');
    const same = whole[targets] !== undefined && whole[targets].equals(again[targets] ?? bytes);
    return same ? held('its hash: it was prepared anew') : open('changed data were used');
  },
  'mirror-other-size': (folder) => withMirror(folder, new Uint8Array(3)),
  'mirror-other-content': (folder) => withMirror(folder, new Uint8Array(datasetBytes)),
  'mirror-link-to-device': (folder) => withMirror(folder, null),
};

const problem = 'regression';
/** A data set that is not in the package; its only file. */
const fetched = { problem: 'sarcasm', file: 'sarcasm.json' };
const datasetBytes = 5_643_545;

export function dataAttacks(): readonly Attack[] {
  return Object.entries(works).map(([name, work]) => ({
    kind: 'data',
    name,
    run: async () => {
      const folder = temporaryFolder('attack');
      try {
        return await work(folder);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  }));
}

async function madeOpen(folder: string): Promise<string> {
  await mkdir(folder);
  await chmod(folder, 0o777);
  return folder;
}

function untrusted(
  { exitCode, stderr }: { exitCode: number | null; stderr: string },
  folder: string,
): AttackResult {
  const said = stderr.includes(`${folder} may be written by everybody`);
  return exitCode === 6 && said
    ? held('it is not used')
    : open(`exit code ${exitCode}: ${stderr.slice(0, 200)}`);
}

async function exported(folder: string, name: string): Promise<Record<string, Buffer>> {
  await runCli(['data', 'export', problem, name], { cwd: folder });
  const names = await readdir(join(folder, name));
  const read = names.map(async (file) => [file, await readFile(join(folder, name, file))] as const);
  return Object.fromEntries(await Promise.all(read));
}

/** Null puts a link to an endless device there. */
async function withMirror(folder: string, content: Uint8Array | null): Promise<AttackResult> {
  const mirror = join(folder, 'mirror', fetched.problem);
  await mkdir(mirror, { recursive: true });
  const path = join(mirror, fetched.file);
  await (content === null ? symlink('/dev/zero', path) : writeFile(path, content));
  const environment = { EXAM_DATA_MIRROR: join(folder, 'mirror') };
  // `verify` downloads nothing.
  const words = ['data', 'verify', fetched.problem];
  const run = await runCli(words, { cwd: folder, environment });
  if (run.timedOut) return open('it hangs');
  const [line = ''] = run.stderr.split('\n').filter((each) => each.includes('mirror'));
  return run.exitCode === 6 && line !== ''
    ? held(line.replaceAll(folder, '').trim())
    : open(`exit code ${run.exitCode}: ${run.stderr.slice(0, 200)}`);
}
