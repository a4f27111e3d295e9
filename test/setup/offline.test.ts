import { expect, test } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { enginesIn, runGrader, withFolder, writePrograms } from './run-grader.ts';

const compiler = { cpp: 'exit 0', 'c++': 'exit 0', 'g++': 'exit 0' };

test('offline it says what is missing and where to put it, and starts no pip', async () => {
  await withFolder(async (folder) => {
    const marker = join(folder, 'asked');
    const PATH = await writePrograms(join(folder, 'bin'), {
      ...compiler,
      python3: `echo x > ${marker}`,
    });
    const cache = join(folder, 'cache');
    const ways: [string[], Record<string, string>][] = [
      [['setup', '--cpu', '--offline'], {}],
      [['setup', '--cpu'], { GRADER_OFFLINE: '1' }],
    ];
    for (const [words, environment] of ways) {
      const run = await runGrader(words, { PATH, GRADER_CACHE: cache, ...environment });
      expect(run.exitCode).toBe(6);
      expect(run.stderr).toContain('nothing may be fetched');
      expect(run.stderr).toMatch(/pip download .* tensorflow\S*==2\.21\.0/);
      expect(run.stderr).toContain('grader setup --wheel FILE');
      expect(run.stderr).toContain('grader setup --libtensorflow DIR');
      expect(run.stderr).toContain(join(cache, 'engine', 'tensorflow-2.21.0-cpu'));
    }
    expect(existsSync(marker)).toBe(false);
    expect(await enginesIn(cache)).toEqual([]);
  });
});

test('a file that is not the wheel is refused with both hashes', async () => {
  await withFolder(async (folder) => {
    const wheel = join(folder, 'tensorflow.whl');
    writeFileSync(wheel, 'x');
    const run = await runGrader(['setup', '--wheel', wheel], {
      GRADER_CACHE: join(folder, 'cache'),
    });
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toMatch(/has SHA-256 [0-9a-f]{64}, expected [0-9a-f]{64}\./);
  });
});

test('the key of a cache is the same each time, and says what it depends on', async () => {
  await withFolder(async (folder) => {
    const of = async (...words: string[]) =>
      (await runGrader(['setup', '--cache-key', ...words], { GRADER_CACHE: join(folder, 'c') }))
        .stdout;
    const key = await of();
    expect(key).toBe(await of('--cpu'));
    expect(key).toMatch(/^grader-[\d.]+-tensorflow-2\.21\.0-cpu-\w+-\w+-tfjs-[\d.]+-node-abi-\d+$/);
    expect(key).toContain(`${process.platform}-${process.arch}`);
    expect(await of('--gpu')).toBe(key.replace('-cpu-', '-gpu-'));
  });
});

test("a private index, its certificate and a proxy reach pip, and no variable of the grader's hides them", async () => {
  await withFolder(async (folder) => {
    const seen = join(folder, 'environment');
    const pip = `case "$*" in *--version*) exit 0;; esac\n/usr/bin/env > ${seen}\nexit 1`;
    const PATH = await writePrograms(join(folder, 'bin'), { ...compiler, python3: pip });
    const given = {
      PIP_INDEX_URL: 'https://anna:secret@pypi.example/simple',
      PIP_EXTRA_INDEX_URL: 'https://more.example/simple',
      PIP_CONFIG_FILE: '/etc/school/pip.conf',
      PIP_CERT: '/etc/school/ca.pem',
      HTTPS_PROXY: 'http://proxy.example:3128',
      NO_PROXY: 'pypi.example',
      HOME: folder,
    };
    const environment = { ...given, PATH, GRADER_CACHE: join(folder, 'cache') };
    await runGrader(['setup', '--cpu'], {
      ...environment,
      GRADER_LIBTENSORFLOW_ARCHIVE: 'http://127.0.0.1:1',
    });
    const lines = readFileSync(seen, 'utf8').split('\n');
    for (const [name, value] of Object.entries(given)) expect(lines).toContain(`${name}=${value}`);
  });
});
