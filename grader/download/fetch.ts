import {
  type FileHandle,
  mkdir,
  open,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname } from 'node:path';
import { GraderError, interrupted } from '../errors.ts';
import { fileDigest } from '../files/digest.ts';
import {
  badStatus,
  cutOff,
  notWritten,
  timedOut,
  unreachable,
  wrongBytes,
  wrongLength,
} from './fetch-failures.ts';
import { isOffline, offlineFailure } from './offline.ts';
import { ask as askServer, type Answer } from './proxy.ts';

interface FetchRequest {
  readonly url: string;
  /** Where the file goes; until it is whole and verified it is `path + '.part'`. */
  readonly path: string;
  readonly sha256: string;
  /** Length of the whole file, or null where it is not known. */
  readonly bytes: number | null;
  readonly onProgress?: (received: number, total: number | null) => void;
  readonly signal?: AbortSignal | undefined;
}

/** A connection that breaks is taken up again this often, while each try brings something. */
const maxResumes = 3;

/**
 * Downloads one file, continuing an earlier part, and moves it in place once its length and SHA-256
 * are right. Throws a `GraderError` with fault `machine` and one code for each kind of failure.
 */
export async function fetchFile(request: FetchRequest): Promise<void> {
  if (isOffline()) {
    throw offlineFailure({
      message: `${request.url} is not fetched: GRADER_OFFLINE is set.`,
      help: `Put the file there yourself: ${request.path}\nIts SHA-256 is ${request.sha256}.`,
    });
  }
  await mkdir(dirname(request.path), { recursive: true });
  for (let resumes = 0; ; resumes++) {
    const before = await partSize(request);
    try {
      await download(request, before);
      break;
    } catch (error) {
      const hasMore = (await partSize(request)) > before;
      const isCutOff = error instanceof GraderError && error.failure.code === 'download-cut-off';
      if (!isCutOff || !hasMore || resumes === maxResumes) throw error;
    }
  }
  await verify(request);
  await rename(partOf(request), request.path);
  await rm(validatorOf(request), { force: true });
}

const partOf = (request: FetchRequest) => `${request.path}.part`;

/** Holds the ETag or date of the part, so that two versions of a file are never joined. */
const validatorOf = (request: FetchRequest) => `${request.path}.part.validator`;

async function partSize(request: FetchRequest): Promise<number> {
  try {
    return (await stat(partOf(request))).size;
  } catch {
    // Nothing was received so far.
    return 0;
  }
}

async function download(request: FetchRequest, received: number): Promise<void> {
  if (received === request.bytes) return;
  if (request.bytes !== null && received > request.bytes) {
    await downloadAgain(request);
    return;
  }
  const idle = idleTimer(request);
  try {
    const response = await ask(request, received, idle);
    // The part does not belong to the file that the server has now.
    if (response.status === 416 && received > 0) {
      await downloadAgain(request);
      return;
    }
    const start = checkHeaders(request, response, received);
    await save(request, { response, start, idle });
  } finally {
    idle.stop();
  }
}

async function downloadAgain(request: FetchRequest): Promise<void> {
  await rm(partOf(request));
  await download(request, 0);
}

interface IdleTimer {
  readonly signal: AbortSignal;
  readonly seconds: number;
  /** Something came: the wait starts again. */
  restart(): void;
  stop(): void;
}

function idleTimer(request: FetchRequest): IdleTimer {
  const seconds = idleSeconds();
  const timeout = new AbortController();
  const timer = setTimeout(() => {
    timeout.abort();
  }, 1000 * seconds);
  return {
    signal: request.signal ? AbortSignal.any([timeout.signal, request.signal]) : timeout.signal,
    seconds,
    restart: () => {
      timer.refresh();
    },
    stop: () => {
      clearTimeout(timer);
    },
  };
}

function idleSeconds(): number {
  const given = process.env['GRADER_FETCH_TIMEOUT'];
  if (!given) return 30;
  const seconds = Number(given);
  if (seconds > 0 && Number.isFinite(seconds)) return seconds;
  throw new GraderError({
    fault: 'usage',
    code: 'bad-environment',
    message: `Expected GRADER_FETCH_TIMEOUT to be a positive number of seconds, got "${given}".`,
  });
}

async function ask(request: FetchRequest, received: number, idle: IdleTimer): Promise<Answer> {
  // A decoded body would have another length and another hash.
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (received > 0) {
    headers['range'] = `bytes=${received}-`;
    const validator = await readFile(validatorOf(request), 'utf8').catch(() => '');
    if (validator !== '') headers['if-range'] = validator;
  }
  try {
    return await askServer(request.url, { headers, signal: idle.signal });
  } catch (error) {
    if (error instanceof GraderError) throw error;
    throw stopped(request, idle) ?? unreachable(request.url, error);
  }
}

/** Where the body starts in the file: 0 when the server sends it all again. */
function checkHeaders(request: FetchRequest, response: Answer, received: number): number {
  const { status, headers } = response;
  if (status !== 200 && status !== 206) throw badStatus(request.url, `HTTP ${status}`);
  const start = status === 206 ? received : 0;
  const range = headers.get('content-range') ?? 'no range';
  if (status === 206 && !range.startsWith(`bytes ${start}-`)) {
    throw badStatus(request.url, `${range} when asked for the bytes from ${start}`);
  }
  const announced = announcedLength(response);
  if (request.bytes !== null && announced !== null && start + announced !== request.bytes) {
    throw wrongLength(request.url, start + announced, request.bytes);
  }
  return start;
}

function announcedLength(response: Answer): number | null {
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? null : Number(length);
}

interface Body {
  readonly response: Answer;
  readonly start: number;
  readonly idle: IdleTimer;
}

async function save(request: FetchRequest, { response, start, idle }: Body): Promise<void> {
  const validator = response.headers.get('etag') ?? response.headers.get('last-modified') ?? '';
  // A weak tag does not promise the same bytes.
  await writeFile(validatorOf(request), validator.startsWith('W/') ? '' : validator);
  const announced = announcedLength(response);
  const total = request.bytes ?? (announced === null ? null : start + announced);
  const file = await open(partOf(request), start > 0 ? 'a' : 'w');
  let received = start;
  try {
    for await (const chunk of response.body ?? []) {
      idle.restart();
      received += await append(request, file, chunk);
      if (total !== null && received > total) break;
      request.onProgress?.(received, total);
    }
  } catch (error) {
    if (error instanceof GraderError) throw error;
    throw stopped(request, idle) ?? cutOff(request.url, { received, total }, error);
  } finally {
    await file.close();
  }
  if (total !== null && received < total) throw cutOff(request.url, { received, total });
}

async function append(request: FetchRequest, file: FileHandle, chunk: Uint8Array): Promise<number> {
  try {
    await file.writeFile(chunk);
    return chunk.length;
  } catch (error) {
    throw notWritten(partOf(request), error);
  }
}

async function verify(request: FetchRequest): Promise<void> {
  const size = await partSize(request);
  const digest = await fileDigest(partOf(request));
  if (digest === request.sha256) return;
  // Continuing a wrong part would be wrong for ever.
  await rm(partOf(request));
  if (request.bytes !== null && size !== request.bytes) {
    throw wrongLength(request.url, size, request.bytes);
  }
  throw wrongBytes(request.url, digest, request.sha256);
}

/** The failure when the user or the timer ended the transfer, else null. */
function stopped(request: FetchRequest, idle: IdleTimer): GraderError | null {
  if (request.signal?.aborted) return interrupted();
  return idle.signal.aborted ? timedOut(request.url, idle.seconds) : null;
}
