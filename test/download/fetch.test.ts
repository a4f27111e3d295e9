import { afterEach, expect, test } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchFile } from '../../grader/download/fetch.ts';
import { GraderError } from '../../grader/errors.ts';
import { setEnvironment } from '../support/environment.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import {
  type Answer,
  content,
  cutOffAfter,
  type FileServer,
  sendAll,
  serveFiles,
  sha256,
} from '../support/file-server.ts';

let server: FileServer | undefined;
/** Bytes that have come and are written. */
let come = 0;
const haveCome = (bytes: number) => () => come >= bytes;

afterEach(() => server?.close());

/** Serves one file, fetches it and says what came of it. */
async function fetchOne(
  answers: Answer | Record<string, Answer>,
  options: { path?: string; bytes?: number | null; signal?: AbortSignal } = {},
) {
  const { path = join(temporaryFolder(), 'file.bin'), bytes = content.length, signal } = options;
  server = await serveFiles(typeof answers === 'function' ? { '/file': answers } : answers);
  const progress: (number | null)[][] = [];
  come = 0;
  let failure: GraderError['failure'] | null = null;
  try {
    await fetchFile({
      url: `${server.address}/file`,
      path,
      sha256: sha256(content),
      bytes,
      signal,
      onProgress: (received, total) => {
        come = received;
        progress.push([received, total]);
      },
    });
  } catch (error) {
    if (!(error instanceof GraderError)) throw error;
    failure = error.failure;
  }
  return { path, failure, progress, ranges: server.ranges, address: server.address };
}

test('a file is downloaded whole, with its progress, and leaves nothing beside it', async () => {
  const { path, failure, progress } = await fetchOne(sendAll(content));
  expect(failure).toBeNull();
  expect(readFileSync(path).equals(content)).toBe(true);
  expect(progress.at(-1)).toEqual([content.length, content.length]);
  expect(existsSync(`${path}.part`)).toBe(false);
  expect(existsSync(`${path}.part.validator`)).toBe(false);
});

test('a download that is cut off goes on where it broke off', async () => {
  const { path, failure, ranges } = await fetchOne(
    cutOffAfter(100_000, haveCome(100_000), sendAll(content)),
  );
  expect(failure).toBeNull();
  expect(ranges).toEqual(['all', 'bytes=100000-']);
  expect(readFileSync(path).equals(content)).toBe(true);
});

test('a server that has another version of the file by now sends it from the start', async () => {
  const { path, failure, ranges } = await fetchOne(
    cutOffAfter(100_000, haveCome(100_000), sendAll(content, '"two"')),
  );
  expect(failure).toBeNull();
  expect(ranges).toEqual(['all', 'bytes=100000-']);
  expect(readFileSync(path).equals(content)).toBe(true);
});

test('a part of an earlier run is continued', async () => {
  const path = join(temporaryFolder(), 'file.bin');
  writeFileSync(`${path}.part`, content.subarray(0, 123_456));
  const { failure, ranges } = await fetchOne(sendAll(content), { path });
  expect(failure).toBeNull();
  expect(ranges).toEqual(['bytes=123456-']);
  expect(readFileSync(path).equals(content)).toBe(true);
});

test('a part longer than the file is thrown away, also where the length is not known', async () => {
  const path = join(temporaryFolder(), 'file.bin');
  writeFileSync(`${path}.part`, Buffer.concat([content, content]));
  const { failure, ranges } = await fetchOne(sendAll(content), { path, bytes: null });
  expect(failure).toBeNull();
  expect(ranges).toEqual(['bytes=600000-', 'all']);
  expect(readFileSync(path).equals(content)).toBe(true);
});

test('a server that always cuts off without sending more gets one message, and the part is kept', async () => {
  const cut = cutOffAfter(100_000, haveCome(100_000), (_, response) => {
    response.writeHead(206, {
      'content-length': 200_000,
      'content-range': 'bytes 100000-299999/300000',
      etag: '"one"',
    });
    response.flushHeaders();
    setTimeout(() => response.destroy(), 50);
  });
  const { path, failure } = await fetchOne(cut);
  expect(failure).toMatchObject({ fault: 'machine', code: 'download-cut-off' });
  expect(failure?.message).toContain('after 100000 of 300000 bytes');
  expect(readFileSync(`${path}.part`).equals(content.subarray(0, 100_000))).toBe(true);
  expect(existsSync(path)).toBe(false);
});

test('a file of another length is refused before it is downloaded', async () => {
  const { path, failure, progress, address } = await fetchOne(sendAll(content.subarray(0, 1000)));
  expect(failure).toMatchObject({
    fault: 'machine',
    code: 'download-wrong-length',
    message: `${address}/file has 1000 bytes, expected 300000.`,
  });
  expect(progress).toEqual([]);
  expect(existsSync(path)).toBe(false);
});

test('a server that does not say its length and sends too much is stopped', async () => {
  let sent = 0;
  const flood: Answer = (_, response) => {
    response.writeHead(200);
    const more = () => {
      while (!response.destroyed && response.write(content)) sent += content.length;
      sent += content.length;
    };
    response.on('drain', more);
    more();
  };
  const { path, failure } = await fetchOne(flood);
  expect(failure).toMatchObject({ code: 'download-wrong-length' });
  expect(sent).toBeLessThan(100 * content.length);
  expect(existsSync(`${path}.part`)).toBe(false);
});

test('wrong bytes are refused with both hashes and are not kept', async () => {
  const wrong = Buffer.from(content);
  wrong[5] = 1 + (wrong[5] ?? 0);
  const { path, failure } = await fetchOne(sendAll(wrong));
  expect(failure).toMatchObject({ fault: 'machine', code: 'download-wrong-bytes' });
  expect(failure?.message).toContain(sha256(wrong));
  expect(failure?.message).toContain(sha256(content));
  expect(existsSync(path)).toBe(false);
  expect(existsSync(`${path}.part`)).toBe(false);
});

test('redirects are followed', async () => {
  const { failure, path } = await fetchOne({
    '/file': (_, response) => response.writeHead(302, { location: '/moved' }).end(),
    '/moved': (_, response) => response.writeHead(307, { location: '/there' }).end(),
    '/there': sendAll(content),
  });
  expect(failure).toBeNull();
  expect(readFileSync(path).equals(content)).toBe(true);
});

test('an address without the file says its HTTP status', async () => {
  const { failure, address } = await fetchOne({});
  expect(failure).toMatchObject({
    fault: 'machine',
    code: 'download-http-status',
    message: `${address}/file answers with HTTP 404.`,
  });
});

test('a server that falls silent is given up after the idle time, and the part is kept', async () => {
  setEnvironment('GRADER_FETCH_TIMEOUT', '3');
  const { path, failure } = await fetchOne((_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    response.write(content.subarray(0, 50_000));
  });
  expect(failure).toMatchObject({ fault: 'machine', code: 'download-timeout' });
  expect(failure?.message).toContain('sent nothing for 3 seconds');
  expect(readFileSync(`${path}.part`).length).toBe(50_000);
});

test('a slow server is waited for as long as something comes', async () => {
  setEnvironment('GRADER_FETCH_TIMEOUT', '3');
  const { failure } = await fetchOne((_, response) => {
    response.writeHead(200, { 'content-length': content.length });
    let sent = 0;
    const timer = setInterval(() => {
      response.write(content.subarray(sent, sent + 50_000));
      sent += 50_000;
      if (sent < content.length) return;
      clearInterval(timer);
      response.end();
    }, 700);
  });
  expect(failure).toBeNull();
});

test('a server that is not there is unreachable', async () => {
  const gone = await serveFiles({});
  await gone.close();
  const request = {
    url: `${gone.address}/file`,
    path: join(temporaryFolder(), 'file.bin'),
    sha256: sha256(content),
    bytes: null,
  };
  await expect(fetchFile(request)).rejects.toMatchObject({
    failure: { fault: 'machine', code: 'download-unreachable' },
  });
  await expect(fetchFile(request)).rejects.toThrow('ECONNREFUSED');
});

test('an interrupted download says so and keeps its part', async () => {
  const interrupt = new AbortController();
  const { path, failure } = await fetchOne(
    (_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 50_000));
      const timer = setInterval(() => {
        if (come < 50_000) return;
        clearInterval(timer);
        interrupt.abort();
      }, 10);
    },
    { signal: interrupt.signal },
  );
  expect(failure).toMatchObject({ fault: 'interrupted' });
  expect(readFileSync(`${path}.part`).length).toBe(50_000);
});

test('an idle time that is no number is a misuse', async () => {
  setEnvironment('GRADER_FETCH_TIMEOUT', 'soon');
  const { failure } = await fetchOne(sendAll(content));
  expect(failure).toMatchObject({ fault: 'usage' });
  expect(failure?.message).toContain('got "soon"');
});
