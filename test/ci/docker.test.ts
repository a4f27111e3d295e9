import { expect, test } from '@jest/globals';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheRoot } from '../../grader/cache.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { isFull } from '../support/full.ts';
import {
  copyInto,
  hasBubblewrap,
  letThrough,
  runIn,
  type Setting,
  settingOf,
  stagesOf,
} from '../support/image.ts';
import { isRoot, testWith } from '../support/needs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const stages = stagesOf(readFileSync(join(packageRoot, 'Dockerfile'), 'utf8'));
const [build = [], image = []] = stages;
const all = stages.flat();

test('the image runs as a plain user, in exec form, and takes nothing from the network itself', () => {
  expect(stages).toHaveLength(2);
  const known = ['FROM', 'RUN', 'WORKDIR', 'COPY', 'ENV', 'ARG', 'USER', 'ENTRYPOINT', 'CMD'];
  for (const { keyword } of all) expect(known).toContain(keyword);
  expect(settingOf(image).user).toBe('10001:10001');
  expect(JSON.parse(image.find(({ keyword }) => keyword === 'ENTRYPOINT')?.text ?? '')).toEqual([
    'grader',
  ]);
  expect(all.filter(({ text }) => /curl|wget|https?:/.test(text))).toEqual([]);
  for (const { text } of all.filter((each) => each.text.includes('apt-get install'))) {
    expect(text).toMatch(/--no-install-recommends.*rm -rf \/var\/lib\/apt\/lists/);
  }
});

test('what is copied is there, and .dockerignore lets just that through', () => {
  const copied = build
    .filter(({ keyword }) => keyword === 'COPY')
    .flatMap(({ text }) => text.split(' ').slice(0, -1));
  for (const name of copied) expect(existsSync(join(packageRoot, name))).toBe(true);
  expect([...copied].sort()).toEqual([...letThrough()].sort());
});

const inRoot = testWith('root and bubblewrap', isRoot && hasBubblewrap);

/** Grades in the image as its page says: another user, a read-only root, no network. */
async function gradeReadOnly(root: string, mounts: readonly string[]) {
  const results = temporaryFolder();
  chmodSync(results, 0o755);
  chownSync(results, 10001, 10001);
  for (const folder of ['grading/submissions', 'grading/results']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  const submissions = join(packageRoot, 'examples/class/submissions');
  const setting = settingOf(image);
  const { exitCode, all: output } = await runIn(
    {
      ...{ root, setting },
      mounts: [
        ...mounts,
        ...['--perms', '1777', '--tmpfs', '/tmp', '--ro-bind', submissions, '/grading/submissions'],
        ...['--bind', results, '/grading/results', '--unshare-net', '--remount-ro', '/'],
      ],
    },
    ['grader', 'check', 'submissions', '--min-points', '0', '--out', 'results'],
  );
  return { exitCode, output, results };
}

function expectGraded({ exitCode, output, results }: Awaited<ReturnType<typeof gradeReadOnly>>) {
  expect({ exitCode, output: exitCode === 0 ? '' : output }).toEqual({ exitCode: 0, output: '' });
  for (const name of ['anna-sunspots', 'ben-regression']) {
    const report = readFileSync(join(results, name, 'report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ failure: null, points: expect.any(Number) });
  }
}

inRoot(
  'this checkout, laid out as the image, grades read-only as user 10001 without a network',
  async () => {
    const root = temporaryFolder();
    chmodSync(root, 0o755);
    const setting = settingOf(build);
    const parts = ['dist', 'grader', 'problems', 'solutions', 'package.json'];
    for (const name of parts) {
      cpSync(join(packageRoot, name), join(root, 'opt/grader', name), { recursive: true });
    }
    const [modules, engine] = ['/opt/grader/node_modules', '/opt/grader-cache/engine'];
    for (const folder of [modules, engine]) mkdirSync(join(root, folder), { recursive: true });
    const mounts = [
      ...['--ro-bind', realpathSync(join(packageRoot, 'node_modules')), modules],
      ...['--ro-bind', join(cacheRoot(), 'engine'), engine],
    ];
    await runAll(
      { root, setting, mounts },
      build.filter(({ text }) => /data export|\/opt\/bin/.test(text)),
    );
    expectGraded(await gradeReadOnly(root, mounts));
  },
);

async function runAll(
  container: { root: string; setting: Setting; mounts: readonly string[] },
  instructions: readonly { readonly text: string }[],
): Promise<void> {
  for (const { text } of instructions) {
    const { exitCode, all: output } = await runIn(container, ['/bin/sh', '-c', text]);
    expect({ text, exitCode, output: exitCode === 0 ? '' : output }).toEqual({
      text,
      exitCode: 0,
      output: '',
    });
  }
}

// Brings TensorFlow anew: minutes, and a network.
if (isFull) {
  inRoot(
    'every instruction of the Dockerfile in an empty root, and what comes of it grades',
    async () => {
      const [stage, root] = [temporaryFolder(), temporaryFolder()];
      for (const folder of [stage, root]) chmodSync(folder, 0o755);
      for (const [at, instruction] of build.entries()) {
        const setting = settingOf(build.slice(0, at));
        const { keyword, text } = instruction;
        if (keyword === 'COPY')
          copyInto(stage, instruction, { directory: setting.directory, stage: '' });
        // What Debian's packages bring is this machine's own.
        if (keyword === 'RUN' && !text.startsWith('apt-get')) {
          const environment = { ...setting.environment, ...networkSettings() };
          await runAll({ root: stage, setting: { ...setting, environment }, mounts: [] }, [
            instruction,
          ]);
        }
      }
      for (const instruction of image.filter(({ keyword }) => keyword === 'COPY')) {
        copyInto(root, instruction, { directory: '/', stage });
      }
      expect(existsSync(join(root, 'opt/grader/node_modules/typescript'))).toBe(false);
      expectGraded(await gradeReadOnly(root, []));
    },
  );
}

/** How this machine reaches npm's registry and pip's index. */
function networkSettings(): Record<string, string> {
  const names =
    /^(?:npm_config_|NPM_CONFIG_|PIP_|https?_proxy|HTTPS?_PROXY|NO_PROXY|no_proxy|SSL_CERT|NODE_EXTRA)/;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      names.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  );
}
