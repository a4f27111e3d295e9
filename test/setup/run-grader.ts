import { execa } from 'execa';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../dist/grader/cli/main.js', import.meta.url));

export interface Run {
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built program. Variables that choose an engine are taken away unless given. */
export function startGrader(
  words: readonly string[],
  environment: Record<string, string> = {},
  cwd = process.cwd(),
) {
  return execa(process.execPath, [program, ...words], {
    cwd,
    reject: false,
    stdin: 'ignore',
    env: {
      CXX: '',
      GRADER_LIBTENSORFLOW: '',
      GRADER_LIBTENSORFLOW_ARCHIVE: '',
      GRADER_ARCHIVE_SHA256: '',
      NO_COLOR: '1',
      ...environment,
    },
  });
}

export async function runGrader(
  words: readonly string[],
  environment: Record<string, string> = {},
  cwd = process.cwd(),
): Promise<Run> {
  const { exitCode, signal, stdout, stderr } = await startGrader(words, environment, cwd);
  return { exitCode, signal, stdout, stderr };
}

/** A folder for one test. */
export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'grader-setup-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A folder of shell scripts to be the whole PATH, beside the commands that scripts need. */
export async function writePrograms(
  folder: string,
  programs: Readonly<Record<string, string>>,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const [name, body] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${body}\n`);
    await chmod(join(folder, name), 0o755);
  }
  return folder;
}

/** Serves one body for every path, or 404 without one; hands the address and the paths asked for. */
export async function withServer(
  body: Uint8Array | null,
  work: (address: string, asked: string[]) => Promise<void>,
): Promise<void> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(body === null ? 404 : 200, { 'content-length': body?.length ?? 0 });
    response.end(body ?? undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    await work(`http://127.0.0.1:${port}`, asked);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** What lies in a cache's engine folder, without the lock. */
export async function enginesIn(cache: string): Promise<string[]> {
  const names = await readdir(join(cache, 'engine')).catch(() => []);
  return names.filter((name) => name !== 'setup.lock').sort();
}

/** Looks again and again; what never comes ends with the timeout of the test. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}
