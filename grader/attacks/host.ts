import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type ListenOptions } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtProgram } from '../process/built-program.ts';
import { processState } from '../process/find-processes.ts';
import type { Secrets } from './secrets.ts';
import type { Target } from './tries/target.ts';

/** What one try is let loose on. */
export interface Host {
  readonly target: Omit<Target, 'writable'>;
  /** What happened to it, whatever the child says; null where nothing did. */
  harm(): string | null;
}

/** Listeners and a process that may be harmed, for as long as the work lasts. */
export async function withHost<Result>(
  secrets: Secrets,
  folder: string,
  work: (host: Host) => Promise<Result>,
): Promise<Result> {
  let connections = 0;
  const servers = [0, 1, 2].map(() =>
    createServer((socket) => {
      connections += 1;
      socket.on('error', () => undefined).end('HTTP/1.1 204 No Content\r\n\r\n');
    }),
  );
  const name = randomUUID().slice(0, 8);
  const [socketFile, abstractSocket] = [join(folder, `${name}.sock`), `\0grader-${name}`];
  const places: ListenOptions[] = [
    { host: '127.0.0.1', port: 0 },
    { path: socketFile },
    // Only Linux has such names.
    { path: process.platform === 'linux' ? abstractSocket : join(folder, `${name}.two`) },
  ];
  for (const [index, server] of servers.entries()) {
    server.listen(places[index]);
    await once(server, 'listening');
  }
  const victim = spawn('sleep', ['600'], { stdio: 'ignore', env: {} });
  const address = servers[0]?.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    await once(victim, 'spawn');
    const { file: heldOut, submission } = secrets;
    const pid = victim.pid ?? 0;
    return await work({
      target: {
        ...{ heldOut, submission, port, socketFile, abstractSocket, victim: pid },
        program: dirname(dirname(fileURLToPath(builtProgram('attacks/child')))),
      },
      harm: () => harmOf({ connections, victim: pid, secrets }),
    });
  } finally {
    victim.kill('SIGKILL');
    for (const server of servers) server.close();
    await rm(socketFile, { force: true });
  }
}

interface Evidence {
  readonly connections: number;
  readonly victim: number;
  readonly secrets: Secrets;
}

function harmOf({ connections, victim, secrets }: Evidence): string | null {
  if (connections > 0) return 'a listener was connected to';
  const state = processState(victim);
  if (state === '' || state === 'Z') return 'a process was killed';
  if (state === 'T') return 'a process was stopped';
  return secrets.isIn(readOr(secrets.file)) ? null : 'held-out data were changed';
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Removed, which is harm as well.
    return '';
  }
}
