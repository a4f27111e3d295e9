import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileDigest } from '../files/digest.ts';
import { GraderError } from '../errors.ts';
import { lastLines, runProgram } from '../process/run-program.ts';

/** pip as a command: a program and its first arguments. */
export type Pip = readonly string[];

/** The first pip that runs, or null. */
export async function findPip(signal?: AbortSignal): Promise<Pip | null> {
  for (const candidate of pipCandidates) {
    const { ok } = await runProgram([...candidate, '--version'], { signal });
    if (ok) return candidate;
  }
  return null;
}

interface WheelRequest {
  readonly pip: Pip;
  /** As pip reads it: `tensorflow-cpu==2.21.0`. */
  readonly requirement: string;
  readonly tags: readonly string[];
  /** Of the files that may come; whatever the index says, pip refuses any other. */
  readonly sha256: readonly string[];
  /** Where the wheel and pip's own temporary files go. */
  readonly directory: string;
  readonly onProgress: (done: number) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Downloads one wheel, whatever Python this pip belongs to, and returns its path. Throws a
 * `GraderError` with pip's last lines.
 */
export async function downloadWheel(request: WheelRequest): Promise<string> {
  const directory = join(request.directory, 'wheel');
  const temporary = join(request.directory, 'pip');
  await mkdir(directory, { recursive: true });
  await mkdir(temporary, { recursive: true });
  const requirements = join(request.directory, 'requirements.txt');
  await writeFile(requirements, requirementWithHashes(request));
  const timer = setInterval(() => void reportProgress(request), 500);
  const result = await runProgram(pipCommand(request, { directory, requirements }), {
    environment: { TMPDIR: temporary, PIP_REQUIRE_VIRTUALENV: '0', PYTHONUNBUFFERED: '1' },
    signal: request.signal,
  }).finally(() => clearInterval(timer));
  if (!result.ok) {
    throw fetchFailed(
      `${request.pip.join(' ')} download ${request.requirement} failed (${result.ending}): ${lastLines(result.output, 4)}`,
    );
  }
  const wheels = (await readdir(directory)).filter((name) => name.endsWith('.whl'));
  const [wheel] = wheels;
  if (wheel === undefined || wheels.length > 1) {
    throw fetchFailed(`pip left ${wheels.length} wheels for ${request.requirement}, expected one.`);
  }
  await verify(join(directory, wheel), request.sha256);
  return join(directory, wheel);
}

const pipCandidates: readonly Pip[] = [
  ['python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
  ['pip3'],
  ['pip'],
];

function requirementWithHashes({ requirement, sha256 }: WheelRequest): string {
  return `${[requirement, ...sha256.map((hash) => `--hash=sha256:${hash}`)].join(' ')}\n`;
}

interface PipFiles {
  readonly directory: string;
  readonly requirements: string;
}

function pipCommand(request: WheelRequest, { directory, requirements }: PipFiles): string[] {
  return [
    ...request.pip,
    'download',
    // Its cache would keep a second copy of the wheel.
    ...['--no-cache-dir', '--progress-bar', 'off', '--disable-pip-version-check'],
    ...['--no-deps', '--only-binary=:all:', '--implementation', 'cp', '--python-version', '3.11'],
    ...request.tags.flatMap((tag) => ['--platform', tag]),
    ...['--dest', directory, '--require-hashes', '--requirement', requirements],
  ];
}

/** pip says nothing that a program can read before version 24.1; the file that grows does. */
async function reportProgress({ directory, onProgress }: WheelRequest): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  // The largest, not the sum: pip copies the wheel at the end.
  const done = Math.max(0, ...(await Promise.all(sizes)));
  if (done > 0) onProgress(done);
}

/** An old pip, or a program of that name, need not have looked. */
async function verify(path: string, expected: readonly string[]): Promise<void> {
  const sha256 = await fileDigest(path);
  if (expected.includes(sha256)) return;
  throw fetchFailed(`${basename(path)} has SHA-256 ${sha256}, expected ${expected.join(' or ')}.`);
}

function fetchFailed(message: string): GraderError {
  return new GraderError({ fault: 'machine', code: 'engine-fetch-failed', message });
}
