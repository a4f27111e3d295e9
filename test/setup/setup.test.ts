import { beforeAll, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Engine } from '../../grader/setup/engine.ts';
import { findIsolation } from '../../grader/sandbox/isolation.ts';
import { copyEngine, engineWithAddon, rot } from '../support/engine-copy.ts';
import { tarOf } from './archives.ts';
import {
  enginesIn,
  runGrader,
  startGrader,
  until,
  withFolder,
  withServer,
  writePrograms,
  type Run,
} from './run-grader.ts';

/** The engine of the user's own cache: on a fresh machine this is the whole real setup. */
let engine: Engine;

beforeAll(async () => {
  const run = await runGrader(['setup', '--cpu', '--json']);
  expect(run).toMatchObject({ exitCode: 0 });
  engine = JSON.parse(run.stdout) as Engine;
});

const cppThatAnswers = { 'c++': 'exit 0' };

/** A compiler that has compiled the binding before: one real compilation takes a quarter minute. */
async function quickCompiler(folder: string): Promise<string> {
  const compile = `while [ $# -gt 0 ] && [ "$1" != -o ]; do shift; done\n[ $# = 0 ] || exec /bin/cp ${engine.addon} "$2"`;
  return join(await writePrograms(join(folder, 'quick'), { 'c++': compile }), 'c++');
}

test('an engine in the cache is found and reports the TensorFlow of the wheel', async () => {
  const run = await runGrader(['setup', '--cpu', '--json']);
  expect(JSON.parse(run.stdout)).toMatchObject({ source: 'cache', version: '2.21.0', gpu: false });
  expect(run.stderr).toBe('');
});

test('two setups at once make one engine, and the one that waits says so', async () => {
  await withFolder(async (folder) => {
    const words = ['setup', '--libtensorflow', engine.directory, '--json'];
    const both = await Promise.all([
      runGrader(words, { GRADER_CACHE: folder }),
      runGrader(words, { GRADER_CACHE: folder }),
    ]);
    const made = both.map((run) => JSON.parse(run.stdout) as Engine);
    expect(made.map(({ source }) => source).sort()).toEqual(['cache', 'directory']);
    expect(made.map(({ version }) => version)).toEqual(['2.21.0', '2.21.0']);
    expect(made[0]?.addon).toBe(made[1]?.addon);
    const waiting = both.find((_, index) => made[index]?.source === 'cache');
    expect(waiting?.stderr).toContain('another process is setting it up; waiting for it');
    expect(await enginesIn(folder)).toHaveLength(1);
  });
});

test('a setup that is killed while it unpacks leaves no engine, and the next one cleans up', async () => {
  const zeros = Buffer.alloc(200_000_000);
  const archive = gzipSync(tarOf([{ path: 'lib/libtensorflow.so.2', content: zeros }]), {
    level: 1,
  });
  await withFolder(async (folder) => {
    const cache = join(folder, 'cache');
    const PATH = await writePrograms(join(folder, 'bin'), cppThatAnswers);
    await withServer(archive, async (address) => {
      const running = startGrader(['setup', '--cpu'], {
        PATH,
        GRADER_CACHE: cache,
        GRADER_LIBTENSORFLOW_ARCHIVE: address,
        GRADER_ARCHIVE_SHA256: sha256(archive),
      });
      await until(() => contains(cache, 'libtensorflow.so.2'));
      running.kill('SIGKILL');
      expect(await running).toMatchObject({ signal: 'SIGKILL' });
    });
    const left = await enginesIn(cache);
    expect(left).toEqual([expect.stringMatching(/^tmp-\d+-/)]);
    expect(await contains(cache, 'engine.json')).toBe(false);

    const words = ['setup', '--libtensorflow', engine.directory, '--json'];
    const next = await runGrader(words, { GRADER_CACHE: cache });
    expect(JSON.parse(next.stdout)).toMatchObject({ source: 'directory', version: '2.21.0' });
    expect(await enginesIn(cache)).toEqual([expect.stringMatching(/^directory-/)]);
  });
});

test('Ctrl-C ends pip, removes what it brought and exits with 130', async () => {
  await withFolder(async (folder) => {
    const cache = join(folder, 'cache');
    const marker = join(folder, 'pip.pid');
    const pip = `case "$*" in *--version*) exit 0;; esac\necho $$ > ${marker}\nexec /bin/sleep 600`;
    const PATH = await writePrograms(join(folder, 'bin'), { ...cppThatAnswers, python3: pip });
    const running = startGrader(['setup', '--cpu'], { PATH, GRADER_CACHE: cache });
    await until(() => hasText(marker));
    running.kill('SIGINT');
    expect(await running).toMatchObject({ exitCode: 130 });
    const processId = Number(await readFile(marker, 'utf8'));
    expect(() => process.kill(processId, 0)).toThrow('ESRCH');
    expect(await enginesIn(cache)).toEqual([]);
  });
});

test('without a C++ compiler the advice comes before anything is fetched', async () => {
  await withFolder(async (folder) => {
    const run = await runGrader(['setup', '--cpu'], { PATH: folder, GRADER_CACHE: folder });
    expect(run.exitCode).toBe(6);
    expect(run.stderr).toContain('no C++ compiler was found. Tried: c++, g++, clang++.');
    expect(run.stderr).toContain('apt-get install g++');
    expect(run.stderr).toContain('dnf install gcc-c++');
    expect(run.stderr).toContain('xcode-select --install');
    expect(run.stderr).not.toContain('fetching');
    expect(await readdir(folder)).toEqual([]);
  });
});

test("a compiler that fails is quoted with its last lines, and CXX's arguments are kept", async () => {
  await withFolder(async (folder) => {
    const compiler = `case "$*" in *--version) exit 0;; esac\necho "given $1"\necho "fatal error: c_api.h is odd"\nexit 1`;
    const bin = await writePrograms(join(folder, 'bin'), { 'odd-c++': compiler });
    const run = await runGrader(['setup', '--libtensorflow', engine.directory], {
      CXX: `${join(bin, 'odd-c++')} -m64`,
      GRADER_CACHE: join(folder, 'cache'),
    });
    expect(run.exitCode).toBe(6);
    expect(run.stderr).toContain(
      'odd-c++ could not compile the TensorFlow binding (exit code 1):\ngiven -m64\nfatal error: c_api.h is odd',
    );
    expect(await enginesIn(join(folder, 'cache'))).toEqual([]);
  });
});

test('when every source fails, one error lists each with its reason', async () => {
  await withFolder(async (folder) => {
    const cache = join(folder, 'cache');
    const PATH = await writePrograms(join(folder, 'bin'), cppThatAnswers);
    await withServer(null, async (address, asked) => {
      const run = await runGrader(['setup', '--cpu'], {
        PATH,
        GRADER_CACHE: cache,
        GRADER_LIBTENSORFLOW_ARCHIVE: address,
      });
      expect(run.exitCode).toBe(6);
      const tried = triedLines(run);
      expect(tried).toHaveLength(2);
      expect(tried[0]).toMatch(/wheel \(tensorflow.*\) by pip: pip was not found/);
      expect(tried[1]).toMatch(/official TensorFlow .* archive \(http:\/\/127\.0\.0\.1.*: .*404/);
      expect(run.stderr).toContain('grader setup --libtensorflow DIR');
      expect(asked.length).toBeGreaterThan(0);
    });
    expect(await enginesIn(cache)).toEqual([]);
  });
});

test("pip's own words are passed on when its download fails", async () => {
  await withFolder(async (folder) => {
    const pip = `case "$*" in *--version*) exit 0;; esac\necho "ERROR: No matching distribution" >&2\nexit 1`;
    const PATH = await writePrograms(join(folder, 'bin'), { ...cppThatAnswers, python3: pip });
    await withServer(null, async (address) => {
      const run = await runGrader(['setup', '--cpu'], {
        PATH,
        GRADER_CACHE: join(folder, 'cache'),
        GRADER_LIBTENSORFLOW_ARCHIVE: address,
      });
      expect(triedLines(run)[0]).toMatch(
        /python3 -m pip download tensorflow\S*==2\.21\.0 failed \(exit code 1\): ERROR: No matching/,
      );
    });
  });
});

test('a wheel with other bytes than the published ones is refused with both hashes', async () => {
  await withFolder(async (folder) => {
    const cache = join(folder, 'cache');
    const pip = `case "$*" in *--version*) exit 0;; esac
while [ "$1" != --dest ]; do shift; done
echo forged > "$2/tensorflow_cpu-2.21.0-cp311-cp311-any.whl"`;
    const PATH = await writePrograms(join(folder, 'bin'), { ...cppThatAnswers, pip3: pip });
    await withServer(null, async (address) => {
      const run = await runGrader(['setup', '--cpu'], {
        PATH,
        GRADER_CACHE: cache,
        GRADER_LIBTENSORFLOW_ARCHIVE: address,
      });
      expect(run.exitCode).toBe(6);
      expect(triedLines(run)[0]).toMatch(/has SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}\.$/);
    });
    expect(await enginesIn(cache)).toEqual([]);
  });
});

test('an official archive with a path that leads out is refused before anything is written', async () => {
  const archive = gzipSync(tarOf([{ path: 'lib/../../evil', content: Buffer.from('x') }]));
  await withFolder(async (folder) => {
    const PATH = await writePrograms(join(folder, 'bin'), cppThatAnswers);
    await withServer(archive, async (address) => {
      const run = await runGrader(['setup', '--cpu'], {
        PATH,
        GRADER_CACHE: join(folder, 'cache'),
        GRADER_LIBTENSORFLOW_ARCHIVE: address,
        GRADER_ARCHIVE_SHA256: sha256(archive),
      });
      expect(triedLines(run)[1]).toContain('has a path that leads out of its folder');
    });
    expect(await contains(folder, 'evil')).toBe(false);
  });
});

test('an official archive with other bytes than the pinned ones is refused unopened', async () => {
  const archive = gzipSync(tarOf([{ path: 'lib/../../evil', content: Buffer.from('x') }]));
  await withFolder(async (folder) => {
    const PATH = await writePrograms(join(folder, 'bin'), cppThatAnswers);
    const environment = { PATH, GRADER_CACHE: join(folder, 'cache') };
    await withServer(archive, async (address) => {
      const mirror = { ...environment, GRADER_LIBTENSORFLOW_ARCHIVE: address };
      const run = await runGrader(['setup', '--cpu'], mirror);
      expect(run.exitCode).toBe(6);
      expect(triedLines(run)[1]).toMatch(
        new RegExp(`has SHA-256 ${sha256(archive)}, expected [0-9a-f]{64}\\.$`),
      );
      const odd = await runGrader(['setup', '--cpu'], { ...mirror, GRADER_ARCHIVE_SHA256: 'no' });
      expect(odd.exitCode).toBe(2);
      expect(odd.stderr).toContain('Expected GRADER_ARCHIVE_SHA256 to be a SHA-256 in hex');
    });
    expect(await enginesIn(join(folder, 'cache'))).toEqual([]);
  });
});

test("pip and the compiler take no modules from the folder where they're called", async () => {
  await withFolder(async (folder) => {
    const marker = join(folder, 'ran');
    const python = `open(${JSON.stringify(marker)}, 'w').write('ran')\n`;
    for (const name of ['pip.py', 'sitecustomize.py', 'shutil.py']) {
      await writeFile(join(folder, name), python);
    }
    const run = await runGrader(['doctor'], { GRADER_CACHE: join(folder, 'cache') }, folder);
    expect(run.exitCode).toBe(6);
    expect(run.stdout).toMatch(/pip: (python|pip)/);
    expect(await readdir(folder)).not.toContain('ran');
  });
});

test('a named folder that is incomplete is refused with what it lacks', async () => {
  await withFolder(async (folder) => {
    const environment = { GRADER_CACHE: join(folder, 'cache') };
    const named = join(folder, 'named');
    const words = ['setup', '--libtensorflow', named];
    const missing = await runGrader(words, environment);
    expect(missing).toMatchObject({ exitCode: 2 });
    expect(missing.stderr).toContain(`There is no folder ${named}.`);

    await mkdir(join(named, 'lib'), { recursive: true });
    expect((await runGrader(words, environment)).stderr).toMatch(/No libtensorflow_cc\S+ or /);

    const main = process.platform === 'darwin' ? 'libtensorflow.2.dylib' : 'libtensorflow.so.2';
    await writeFile(join(named, 'lib', main), '');
    expect((await runGrader(words, environment)).stderr).toContain(
      `has ${main} but lacks ${main.replace('tensorflow', 'tensorflow_framework')}`,
    );

    await writeFile(join(named, 'lib', main.replace('tensorflow', 'tensorflow_framework')), '');
    expect((await runGrader(words, environment)).stderr).toContain(
      'the header tensorflow/c/c_api.h',
    );
  });
});

test('an addon that does not load is reported by doctor with what to do', async () => {
  await withFolder(async (folder) => {
    await engineWithAddon(folder, engine, 'no library');
    const run = await runGrader(['doctor'], { GRADER_CACHE: folder });
    expect(run.exitCode).toBe(6);
    expect(run.stdout).toMatch(/missing {2}The TensorFlow addon .* does not load: .+/);
    expect(run.stdout).toContain('grader setup --force');
  });
});

test('setup and doctor --verify find bytes that rotted behind an unchanged size and time', async () => {
  await withFolder(async (folder) => {
    const directory = await copyEngine(folder, engine);
    rot(join(directory, 'tfjs_binding.node'));
    const environment = { GRADER_CACHE: folder };
    const doctor = await runGrader(['doctor', '--verify'], environment);
    expect(doctor.exitCode).toBe(6);
    expect(doctor.stdout).toContain(`TensorFlow in ${directory} is damaged: tfjs_binding.node`);
    const CXX = await quickCompiler(folder);
    const setup = await runGrader(['setup', '--cpu'], { ...environment, CXX });
    expect(setup).toMatchObject({ exitCode: 0 });
    expect(setup.stderr).toContain('tfjs_binding.node was damaged; it is made anew');
    const again = await runGrader(['doctor', '--verify'], environment);
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toContain("TensorFlow's programs are as they were made");
  });
});

test('doctor says that grading can work and which TensorFlow was loaded', async () => {
  const run = await runGrader(['doctor', '--json'], {
    GRADER_LIBTENSORFLOW: '',
  });
  const report = JSON.parse(run.stdout) as { canGrade: boolean; checks: DoctorCheck[] };
  expect(run.exitCode).toBe(0);
  expect(report.canGrade).toBe(true);
  const facts = Object.fromEntries(report.checks.map((check) => [check.id, check.facts]));
  expect(facts['tensorflow']).toMatchObject({ version: '2.21.0' });
  expect(facts['cpu']).toMatchObject({ cores: expect.any(Number) });
  expect(facts['isolation']).toMatchObject({ level: (await findIsolation()).level });
  const datasets = report.checks.filter(({ id }) => id.startsWith('dataset-'));
  expect(datasets).toHaveLength(5);
});

test('doctor on an empty cache exits with 6, names what is missing and makes nothing', async () => {
  await withFolder(async (folder) => {
    const run = await runGrader(['doctor'], { GRADER_CACHE: folder, PATH: folder });
    expect(run.exitCode).toBe(6);
    expect(run.stdout).toContain('missing  TensorFlow is not set up');
    expect(run.stdout).toContain('missing  The engine is compiled on this machine');
    expect(run.stdout).toContain('pip: not found');
    expect(run.stdout.trimEnd().split('\n').at(-1)).toBe('Grading cannot work here yet.');
    expect(await readdir(folder)).toEqual([]);
  });
});

interface DoctorCheck {
  readonly id: string;
  readonly facts: Record<string, unknown>;
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

function triedLines(run: Run): string[] {
  const list = run.stderr.slice(run.stderr.indexOf('Tried:\n'));
  return list.split('\n').filter((line) => line.startsWith('  - '));
}

async function contains(folder: string, name: string): Promise<boolean> {
  const paths = await readdir(folder, { recursive: true }).catch(() => []);
  return paths.some((path) => path.endsWith(`/${name}`));
}

async function hasText(path: string): Promise<boolean> {
  return (await readFile(path, 'utf8').catch(() => '')).endsWith('\n');
}
