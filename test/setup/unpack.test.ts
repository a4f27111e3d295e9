import { expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { mkdir, readFile, readdir, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { compileObjects } from '../../grader/setup/compiler.ts';
import { cudaPackages } from '../../grader/setup/nvidia.ts';
import { unpackArchive } from '../../grader/setup/unpack-archive.ts';
import { readWheelMetadata, unpackWheel } from '../../grader/setup/unpack-wheel.ts';
import { linkSolver, unpackTensorflow } from '../../grader/setup/wheel-source.ts';
import { tarOf, zipOf, type TarEntry, type ZipEntry } from './archives.ts';
import { withFolder, writePrograms } from './run-grader.ts';

const text = (content: string) => Buffer.from(content);

test('only the wanted files of a wheel are unpacked, byte for byte', async () => {
  await withFolder(async (folder) => {
    const entries = [
      { name: 'tensorflow/libtensorflow_cc.so.2', content: text('library') },
      { name: 'tensorflow/python/ops.py', content: text('import os') },
    ];
    const bytes = await unpack(folder, entries);
    expect(bytes).toBe(7);
    expect(await filesIn(folder)).toEqual(['tensorflow/libtensorflow_cc.so.2']);
    const path = join(folder, 'out', 'tensorflow/libtensorflow_cc.so.2');
    expect(await readFile(path, 'utf8')).toBe('library');
  });
});

test.each<[string, ZipEntry, RegExp]>([
  ['a path that leads out', { name: 'tensorflow/../../x', content: text('x') }, /relative path/],
  ['an absolute path', { name: '/tensorflow/x', content: text('x') }, /absolute path/],
  ['a backslash', { name: 'tensorflow\\..\\x', content: text('x') }, /relative path/],
  [
    'a link',
    { name: 'tensorflow/x', content: text('/etc/passwd'), mode: 0o120777 },
    /"tensorflow\/x" is a link/,
  ],
  [
    'a file that is longer than it claims',
    { name: 'tensorflow/x', content: text('longer'), claimedBytes: 2 },
    /cannot be unpacked/,
  ],
  [
    'more bytes than the bound',
    { name: 'tensorflow/x', content: Buffer.alloc(2_000) },
    /unpacks to more than 1 kB/,
  ],
])('a wheel with %s is refused', async (_, entry, reason) => {
  await withFolder(async (folder) => {
    await expect(unpack(folder, [entry])).rejects.toThrow(reason);
    expect(await readdir(folder)).not.toContain('x');
  });
});

test("a wheel's headers are told of before its library is unpacked", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, 'tensorflow.whl');
    const entries = [
      { name: 'tensorflow/libtensorflow_cc.so.2', content: text('library') },
      { name: 'tensorflow/include/tensorflow/c/c_api.h', content: text('header') },
      { name: 'tensorflow/include/absl/base.h', content: text('not needed') },
    ];
    await writeFile(path, zipOf(entries));
    const work = {
      ...{ directory: join(folder, 'out'), scratch: folder, listener: () => undefined },
      headers: '',
      present: [''],
      onHeaders(headers: string) {
        this.headers = headers;
        this.present = readdirSync(join(folder, 'out', 'tensorflow'), { recursive: true }).map(
          String,
        );
      },
    };
    await unpackTensorflow(work, { path, title: 'TensorFlow' });
    expect(work.headers).toBe(join(folder, 'out/tensorflow/include'));
    expect(work.present).toContain('include/tensorflow/c/c_api.h');
    expect(work.present).not.toContain('libtensorflow_cc.so.2');
    expect(await filesIn(folder)).toEqual([
      'tensorflow/include/tensorflow/c/c_api.h',
      'tensorflow/libtensorflow_cc.so.2',
    ]);
  });
});

test('where one file does not compile the other compilers are ended', async () => {
  await withFolder(async (folder) => {
    const pids = join(folder, 'pids');
    const compiler = `case "$*" in *tfjs_binding.cc*) while [ ! -s ${pids} ]; do :; done; echo broken; exit 1;; esac
echo $$ > ${pids}
exec /bin/sleep 600`;
    const bin = await writePrograms(join(folder, 'bin'), { 'c++': compiler });
    const compiling = compileObjects({
      ...{ compiler: [join(bin, 'c++')], headers: folder, folder },
    });
    await expect(compiling).rejects.toThrow(/could not compile .*\nbroken$/);
    const [pid = ''] = (await readFile(pids, 'utf8')).split('\n');
    expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
  });
});

test('a file that is no wheel is refused by its name', async () => {
  await withFolder(async (folder) => {
    const wheel = join(folder, 'cut.whl');
    await writeFile(wheel, 'PK');
    await expect(readWheelMetadata(wheel)).rejects.toThrow(/^cut\.whl cannot be unpacked: /);
  });
});

test("the CUDA packages are read from the wheel's own metadata", async () => {
  await withFolder(async (folder) => {
    const wheel = join(folder, 'tensorflow.whl');
    const metadata = [
      'Metadata-Version: 2.4',
      'Requires-Dist: numpy>=1.26.0',
      'Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"',
      'Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"',
      'Requires-Dist: tensorflow-io>=0.23.1; (sys_platform != "win32") and extra == "gcs"',
    ].join('\n');
    const name = 'tensorflow-2.21.0.dist-info/METADATA';
    await writeFile(wheel, zipOf([{ name, content: text(metadata) }]));
    expect(cudaPackages(await readWheelMetadata(wheel))).toEqual([
      'nvidia-cublas-cu12',
      'nvidia-cudnn-cu12',
    ]);
  });
});

test('cuSOLVER can be opened from the folder in which TensorFlow looks', async () => {
  await withFolder(async (folder) => {
    const solver = join(folder, 'nvidia', 'cusolver', 'lib');
    const runtime = join(folder, 'nvidia', 'cuda_runtime', 'lib');
    for (const made of [solver, runtime]) await mkdir(made, { recursive: true });
    await writeFile(join(solver, 'libcusolver.so.11'), 'library');
    await linkSolver(folder);
    expect(await readFile(join(runtime, 'libcusolver.so.11'), 'utf8')).toBe('library');
    // The engine's folder is moved into place after it was made.
    expect(await readlink(join(runtime, 'libcusolver.so.11'))).not.toContain(folder);
  });
});

test('an archive yields its libraries with their links and its headers, and nothing else', async () => {
  await withFolder(async (folder) => {
    await extract(folder, [
      { path: './lib/libtensorflow.so.2.9.1', content: text('library') },
      {
        path: './lib/libtensorflow.so.2',
        type: 'SymbolicLink',
        linkpath: 'libtensorflow.so.2.9.1',
      },
      { path: './include/tensorflow/c/c_api.h', content: text('header') },
      { path: './THIRD_PARTY', content: text('licences') },
    ]);
    expect(await filesIn(folder)).toEqual([
      'include/tensorflow/c/c_api.h',
      'lib/libtensorflow.so.2',
      'lib/libtensorflow.so.2.9.1',
    ]);
    const link = await readlink(join(folder, 'out', 'lib/libtensorflow.so.2'));
    expect(link).toBe('libtensorflow.so.2.9.1');
  });
});

test.each<[string, TarEntry, RegExp]>([
  ['a path that leads out', { path: 'lib/../../x', content: text('x') }, /leads out/],
  ['an absolute path', { path: '/lib/x', content: text('x') }, /leads out/],
  [
    'a link to another folder',
    { path: 'lib/x', type: 'SymbolicLink', linkpath: '../../x' },
    /link that leads elsewhere: lib\/x -> \.\.\/\.\.\/x/,
  ],
  [
    'an absolute link',
    { path: 'lib/x', type: 'SymbolicLink', linkpath: '/etc/passwd' },
    /link that leads elsewhere/,
  ],
  ['a hard link', { path: 'lib/x', type: 'Link', linkpath: 'lib/y' }, /no file: lib\/x \(Link\)/],
])('an archive with %s is refused before anything is written', async (_, entry, reason) => {
  await withFolder(async (folder) => {
    const good = { path: 'lib/libtensorflow.so.2', content: text('library') };
    await expect(extract(folder, [good, entry])).rejects.toThrow(reason);
    expect(await filesIn(folder)).toEqual([]);
  });
});

test('an archive that ends too early is refused', async () => {
  await withFolder(async (folder) => {
    const whole = gzipSync(tarOf([{ path: 'lib/x', content: Buffer.alloc(100_000, 'abc') }]));
    const archive = join(folder, 'cut.tar.gz');
    await writeFile(archive, whole.subarray(0, whole.length - 20));
    await mkdir(join(folder, 'out'));
    const request = { archive, directory: join(folder, 'out'), onProgress: () => undefined };
    await expect(unpackArchive(request)).rejects.toThrow(/cut\.tar\.gz cannot be read/);
  });
});

async function unpack(folder: string, entries: readonly ZipEntry[]): Promise<number> {
  const wheel = join(folder, 'test.whl');
  await writeFile(wheel, zipOf(entries));
  return unpackWheel({
    wheel,
    directory: join(folder, 'out'),
    isWanted: (name) => !name.endsWith('.py'),
    maximumBytes: 1_000,
    onProgress: () => undefined,
  });
}

async function extract(folder: string, entries: readonly TarEntry[]): Promise<void> {
  const archive = join(folder, 'test.tar.gz');
  await writeFile(archive, gzipSync(tarOf(entries)));
  await mkdir(join(folder, 'out'));
  await unpackArchive({ archive, directory: join(folder, 'out'), onProgress: () => undefined });
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(folder, 'out'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, 'out').length + 1))
    .sort();
}
