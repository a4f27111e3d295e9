import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fetchFile } from '../../grader/download/fetch.ts';
import { GraderError } from '../../grader/errors.ts';
import { setEnvironment } from '../support/environment.ts';
import { content, type FileServer, sendAll, serveFiles, sha256 } from '../support/file-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Proxy {
  readonly address: string;
  /** What it was asked for, with what it was told of who asks. */
  readonly asked: { readonly what: string; readonly who: string }[];
}

let server: FileServer;
let proxy: Server | undefined;

beforeEach(async () => {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
    setEnvironment(name, undefined);
    setEnvironment(name.toLowerCase(), undefined);
  }
  setEnvironment('GRADER_OFFLINE', undefined);
  server = await serveFiles({ '/file': sendAll(content) });
});

afterEach(async () => {
  proxy?.closeAllConnections();
  proxy?.close();
  proxy = undefined;
  await server.close();
});

const password = 'pässword-5';
const authorised = `Basic ${Buffer.from(`anna:${password}`).toString('base64')}`;

/** Forwards plain requests and refuses every tunnel with `status`; asks for a password where one is set. */
async function startProxy({ needsPassword = false, status = 403 } = {}): Promise<Proxy> {
  const asked: { what: string; who: string }[] = [];
  const note = (what: string, request: IncomingMessage) => {
    const who = request.headers['proxy-authorization'] ?? '';
    asked.push({ what, who });
    return !needsPassword || who === authorised;
  };
  proxy = createServer((request, response) => {
    if (!note(request.url ?? '', request)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end();
      return;
    }
    const onward = ask(request.url ?? '', { headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.end();
  });
  proxy.on('connect', (request, socket) => {
    const isKnown = note(`CONNECT ${request.url ?? ''}`, request);
    socket.end(`HTTP/1.1 ${isKnown ? status : 407} No\r\n\r\n`);
  });
  await new Promise<void>((resolve) => proxy?.listen(0, '127.0.0.1', resolve));
  return { address: `127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
}

async function fetchBy(url = `${server.address}/file`): Promise<GraderError['failure'] | null> {
  const path = join(temporaryFolder(), 'file.bin');
  try {
    await fetchFile({ url, path, sha256: sha256(content), bytes: content.length });
  } catch (error) {
    if (!(error instanceof GraderError)) throw error;
    return error.failure;
  }
  expect(readFileSync(path).equals(content)).toBe(true);
  return null;
}

test.each(['HTTP_PROXY', 'http_proxy'])('%s is gone by, also without a scheme', async (name) => {
  const { address, asked } = await startProxy();
  setEnvironment(name, address);
  expect(await fetchBy()).toBeNull();
  expect(asked.map(({ what }) => what)).toEqual([`${server.address}/file`]);
});

test('a host in NO_PROXY is asked directly, and so is all without a proxy', async () => {
  const { address, asked } = await startProxy();
  expect(await fetchBy()).toBeNull();
  setEnvironment('HTTP_PROXY', `http://${address}`);
  setEnvironment('NO_PROXY', 'localhost,127.0.0.1');
  expect(await fetchBy()).toBeNull();
  expect(asked).toEqual([]);
});

test('a proxy that needs a password gets it, and a refusal does not repeat it', async () => {
  const { address, asked } = await startProxy({ needsPassword: true });
  const by = (secret: string) => `http://anna:${encodeURIComponent(secret)}@${address}`;
  setEnvironment('HTTP_PROXY', by(password));
  expect(await fetchBy()).toBeNull();
  expect(asked.at(-1)?.who).toBe(authorised);
  setEnvironment('HTTP_PROXY', by('wrong-secret'));
  const failure = await fetchBy();
  expect(failure?.message).toContain('407');
  expect(failure?.help).toContain('http://user:password@host:port');
  expect(JSON.stringify(failure)).not.toContain('wrong-secret');
});

test('https goes through a tunnel, and a proxy that refuses it is named as the reason', async () => {
  const { address, asked } = await startProxy({ needsPassword: true });
  setEnvironment('HTTPS_PROXY', `http://anna:${encodeURIComponent(password)}@${address}`);
  const failure = await fetchBy('https://data.example/file');
  expect(asked).toEqual([{ what: 'CONNECT data.example:443', who: authorised }]);
  expect(failure).toMatchObject({
    code: 'download-unreachable',
    message: 'https://data.example/file cannot be reached: the proxy answers with HTTP 403.',
    help: expect.stringContaining('HTTPS_PROXY'),
  });
});

test('a proxy that is not there, and one that is no address', async () => {
  setEnvironment('HTTP_PROXY', 'http://127.0.0.1:1');
  expect(await fetchBy()).toMatchObject({ code: 'download-unreachable' });
  setEnvironment('HTTP_PROXY', 'http://anna:secret@:x');
  const failure = await fetchBy();
  expect(failure).toMatchObject({ fault: 'usage', code: 'bad-environment' });
  expect(failure?.message).not.toContain('secret');
});

test('offline nothing is asked, and it is said what to put where', async () => {
  setEnvironment('GRADER_OFFLINE', '1');
  const failure = await fetchBy();
  expect(server.ranges).toEqual([]);
  expect(failure).toMatchObject({ fault: 'machine', code: 'offline' });
  expect(failure?.help).toContain('file.bin');
  expect(failure?.help).toContain(sha256(content));
});
