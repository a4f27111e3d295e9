import type { Failure } from '../contract.ts';
import { GraderError } from '../errors.ts';
import { proxyHelp } from './proxy.ts';

/** How far a transfer came, in bytes of the whole file. */
interface TransferState {
  readonly received: number;
  readonly total: number | null;
}

const kept = 'What was received is kept; the next try continues from there.';

export function cutOff(url: string, at: TransferState, cause?: unknown): GraderError {
  const of = at.total === null ? '' : ` of ${at.total}`;
  const why = cause === undefined ? '' : ` (${reasonOf(cause)})`;
  const message = `${url} ended the transfer after ${at.received}${of} bytes${why}.`;
  return failed({ code: 'download-cut-off', message, help: kept }, cause);
}

export function timedOut(url: string, seconds: number): GraderError {
  const message = `${url} sent nothing for ${seconds} seconds.`;
  return failed({ code: 'download-timeout', message, help: kept });
}

export function unreachable(url: string, cause: unknown): GraderError {
  const message = `${url} cannot be reached: ${reasonOf(cause)}.`;
  const help = proxyHelp();
  return failed(
    { code: 'download-unreachable', message, ...(help === undefined ? {} : { help }) },
    cause,
  );
}

export function badStatus(url: string, answer: string): GraderError {
  return failed({ code: 'download-http-status', message: `${url} answers with ${answer}.` });
}

export function wrongLength(url: string, came: number, expected: number): GraderError {
  const message = `${url} has ${came} bytes, expected ${expected}.`;
  return failed({ code: 'download-wrong-length', message });
}

export function wrongBytes(url: string, came: string, expected: string): GraderError {
  const message = `${url} has SHA-256 ${came}, expected ${expected}.`;
  return failed({ code: 'download-wrong-bytes', message });
}

export function notWritten(path: string, cause: unknown): GraderError {
  const message = `${path} cannot be written: ${reasonOf(cause)}.`;
  const { code = '' } = cause as Partial<NodeJS.ErrnoException>;
  const isForbidden = ['EACCES', 'EPERM', 'EROFS'].includes(code);
  const help = isForbidden
    ? 'This user may not write there. Name another cache folder in GRADER_CACHE, or let its owner run the command once.'
    : 'Make room, or name another cache folder in GRADER_CACHE.';
  return failed({ code: 'cache-not-written', message, help }, cause);
}

function failed(failure: Omit<Failure, 'fault'>, cause?: unknown): GraderError {
  return new GraderError({ fault: 'machine', ...failure }, { cause });
}

/** fetch says only "fetch failed"; the reason is in the innermost cause. */
function reasonOf(error: unknown): string {
  let cause = error as { readonly cause?: unknown };
  while (typeof cause.cause === 'object' && cause.cause !== null) cause = cause.cause;
  // A refusal by every address of a host has a code but no message.
  const { message, code } = cause as Partial<NodeJS.ErrnoException>;
  const told = message || code || 'no reason is given';
  return told.replace(/^Proxy response \((\d+)\).*/, 'the proxy answers with HTTP $1');
}
