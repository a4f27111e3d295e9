import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface FileServer {
  readonly address: string;
  /** The Range header of each request, or "all". */
  readonly ranges: string[];
  close(): Promise<void>;
}

/** A web server on the loopback device that answers by path. */
export async function serveFiles(answers: Readonly<Record<string, Answer>>): Promise<FileServer> {
  const ranges: string[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range ?? 'all');
    const answer = answers[request.url ?? ''];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    ranges,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export const content = Buffer.from(
  Uint8Array.from({ length: 300_000 }, (_, index) => (index * 31 + (index >> 8) * 7) & 0xff),
);

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Answers like a good server, ranges included. */
export function sendAll(bytes: Buffer, etag = '"one"'): Answer {
  return (request, response) => {
    const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const isSame =
      request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
    if (!asked || !isSame) {
      response.writeHead(200, { 'content-length': bytes.length, etag }).end(bytes);
      return;
    }
    const start = Number(asked[1]);
    if (start >= bytes.length) {
      response.writeHead(416).end();
      return;
    }
    const rest = bytes.subarray(start);
    const range = `bytes ${start}-${bytes.length - 1}/${bytes.length}`;
    response.writeHead(206, { 'content-length': rest.length, 'content-range': range, etag });
    response.end(rest);
  };
}

/**
 * Promises all, sends this many bytes and breaks the connection once they have come; later requests go to
 * `then`.
 */
export function cutOffAfter(bytes: number, hasCome: () => boolean, then: Answer): Answer {
  let wasCut = false;
  return (request, response) => {
    if (wasCut) {
      then(request, response);
      return;
    }
    wasCut = true;
    response.writeHead(200, { 'content-length': content.length, etag: '"one"' });
    response.write(content.subarray(0, bytes));
    destroyOnce(hasCome, response);
  };
}

/** What has not come when a connection breaks would be lost. */
function destroyOnce(hasCome: () => boolean, response: ServerResponse): void {
  const timer = setInterval(() => {
    if (!hasCome()) return;
    clearInterval(timer);
    response.destroy();
  }, 10);
}
