import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Tries } from './target.ts';

/** At whoever listens on this machine. */
export const networkTries: Tries = {
  'connect-loopback': ({ port }) => connected(connect(port, '127.0.0.1')),
  'connect-socket-file': ({ socketFile }) => connected(connect({ path: socketFile })),
  'connect-abstract-socket': ({ abstractSocket }) => connected(connect({ path: abstractSocket })),
  'fetch-loopback': async ({ port }) => {
    try {
      const { status } = await fetch(`http://127.0.0.1:${port}/`);
      return `status ${status}`;
    } catch (error) {
      throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
    }
  },
  'listen-loopback': async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return 'listening';
  },
  'send-datagram': async ({ port }) => {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.send('x', port, '127.0.0.1', (error) => (error ? reject(error) : resolve()));
    });
    return 'sent';
  },
};

async function connected(socket: Socket): Promise<string> {
  await once(socket, 'connect', { signal: AbortSignal.timeout(2000) });
  socket.destroy();
  return 'connected';
}
