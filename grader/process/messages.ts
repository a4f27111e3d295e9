import type { Failure } from '../contract.ts';

export type ChildMessage<Progress, Result> =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'done'; readonly result: Result }
  | { readonly type: 'failed'; readonly failure: Failure };

/** What the parent says to a child: its one job, or the wish for an early end with a result. */
export type ParentMessage =
  { readonly type: 'job'; readonly job: unknown } | { readonly type: 'stop' };

const notFinite: Readonly<Record<string, number>> = { NaN: NaN, '∞': Infinity, '-∞': -Infinity };
const numberKey = '$number';

/** A message as one line of JSON; numbers that JSON lacks are objects with one key. */
export function writeMessage(message: object): string {
  const text = JSON.stringify(message, (_key, value: unknown) => {
    if (ArrayBuffer.isView(value)) throw new Error('internal: arrays of numbers go through files');
    if (typeof value !== 'number' || Number.isFinite(value)) return value;
    return { [numberKey]: Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞' };
  });
  return `${text}\n`;
}

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/** Throws an Error where the text is no JSON, or has a key that reaches prototypes. */
export function readMessage(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => {
    if (forbidden.has(key)) throw new Error(`a message has the key ${key}`);
    return readNumber(value);
  });
}

function readNumber(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !(numberKey in value)) return value;
  const name = value[numberKey];
  return typeof name === 'string' && Object.hasOwn(notFinite, name) ? notFinite[name] : value;
}

/** A child's message, or null where the text is none: it is not to be trusted. */
export function readChildMessage(text: string): ChildMessage<unknown, unknown> | null {
  const message = parsed(text);
  if (typeof message !== 'object' || message === null || !('type' in message)) return null;
  if (message.type === 'progress' && 'progress' in message) {
    return { type: 'progress', progress: message.progress };
  }
  if (message.type === 'done')
    return { type: 'done', result: 'result' in message ? message.result : undefined };
  if (message.type !== 'failed' || !('failure' in message)) return null;
  return isFailure(message.failure) ? { type: 'failed', failure: message.failure } : null;
}

function parsed(text: string): unknown {
  try {
    return readMessage(text);
  } catch {
    // No message: whoever asked is told by the null.
    return null;
  }
}

const faults = new Set<unknown>([
  ...['usage', 'candidate', 'limit', 'package', 'machine', 'grader', 'interrupted'],
]);

function isFailure(value: unknown): value is Failure {
  if (typeof value !== 'object' || value === null) return false;
  const { fault, code, message, help } = value as Record<string, unknown>;
  return (
    faults.has(fault) &&
    [code, message].every((text) => typeof text === 'string') &&
    (help === undefined || typeof help === 'string')
  );
}
