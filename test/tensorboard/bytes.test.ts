import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { encodeEvent, type Content } from '../../grader/tensorboard/event.ts';
import { histogramOf } from '../../grader/tensorboard/histogram.ts';
import { crc32c, tfRecord } from '../../grader/tensorboard/record.ts';
import { Session } from '../../grader/tensorboard/session.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { bytesOf, fieldsOf, messagesOf, readEvents, readRun, textOf } from './read-events.ts';
import type { ReadEvent } from './read-events.ts';

/** What TensorFlow and TensorBoard wrote: test/fixtures/make-tensorboard.py. */
const fixture = JSON.parse(
  readFileSync(join(packageRoot, 'test/fixtures/tensorboard.json'), 'utf8'),
) as {
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly files: Readonly<Record<'train' | 'validation' | '.', string>>;
};

const theirs = (run: 'train' | 'validation' | '.') =>
  readEvents(Buffer.from(fixture.files[run], 'base64'));

const withoutTime = (event: ReadEvent) => ({ ...event, seconds: null });
const ofPlugin = (events: readonly ReadEvent[], plugin: string) =>
  events.filter(({ value }) => value?.plugin === plugin).map(withoutTime);

test('checksums are those of RFC 3720, appendix B.4', () => {
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => index))).toBe(0x46dd794e);
});

test("curves are, field by field, those of Keras's callback, and the gradients' norm", () => {
  const folder = temporaryFolder();
  const session = new Session(folder);
  for (const epoch of [1, 2]) {
    const logs: Record<string, number> = {};
    for (const [name, values] of Object.entries(fixture.history))
      logs[name] = values[epoch - 1] ?? NaN;
    const gradientNorm = { mean: 1, largest: 1 };
    session.epoch({ epoch, seconds: 1, learningRate: 0.125, gradientNorm, logs });
  }
  for (const run of ['train', 'validation'] as const) {
    const own = readRun(join(folder, run));
    const expected = theirs(run);
    expect(own[0]?.version).toBe(expected[0]?.version);
    const named = ofPlugin(expected, 'scalars').filter(
      // Keras counts the batches of each evaluation besides.
      ({ value }) => value?.tag.startsWith('epoch_'),
    );
    const isTheirs = ({ value }: Pick<ReadEvent, 'value'>) => value?.tag !== 'epoch_gradient_norm';
    const scalars = ofPlugin(own, 'scalars');
    expect(scalars.filter(isTheirs)).toEqual(named);
    expect(scalars.length - named.length).toBe(run === 'train' ? 2 : 0);
    expect(named.length).toBe(run === 'train' ? 6 : 4);
  }
});

test("histograms have the buckets of TensorFlow's summary, of one value as well", () => {
  const last = ofPlugin(theirs('train'), 'histograms').filter(({ step }) => step === 1);
  const weights = Object.values(fixture.weights);
  expect(last.length).toBe(2);
  for (const [index, expected] of last.entries()) {
    const rows = histogramOf(Float32Array.from(weights[index] ?? [])) ?? new Float64Array();
    const tag = expected.value?.tag ?? '';
    const own = written({ kind: 'histogram', tag, rows }, 1);
    expect({ ...own.value, bytes: null }).toEqual({ ...expected.value, bytes: null });
    const values = doublesOf(expected.value?.bytes ?? new Uint8Array());
    expect(values.length).toBe(90);
    for (const [at, value] of values.entries()) expect(rows[at]).toBeCloseTo(value, 12);
  }
  expect(histogramOf(Float32Array.of(1, NaN))).toBe(null);
  expect(histogramOf(new Float32Array())).toBe(null);
});

test("a session has the messages of TensorBoard's hparams plugin", () => {
  const [start, end] = ofPlugin(theirs('.'), 'hparams');
  const hparams = { learning_rate: 0.125, optimizer: 'SGD' };
  const ownStart = written({ kind: 'start', hparams, seconds: 1.5 }, 0);
  const ownEnd = written({ kind: 'end', isGraded: true, seconds: 2.5 }, 0);
  expect(withoutTime(ownEnd)).toEqual(end);
  expect({ ...ownStart.value, pluginData: null }).toEqual({ ...start?.value, pluginData: null });
  expect(startOf(ownStart)).toEqual(startOf(start));
});

function written(content: Content, step: number): ReadEvent {
  const [event] = readEvents(Buffer.from(tfRecord(encodeEvent(content, step, 7))));
  if (!event) throw new Error('nothing was written');
  return event;
}

/** A session's start but for the name of its group, which is the run's own where there is none. */
function startOf(event: Pick<ReadEvent, 'value'> | undefined) {
  const data = fieldsOf(event?.value?.pluginData ?? new Uint8Array());
  const start = fieldsOf(bytesOf(data, 3));
  const hparams = messagesOf(start, 1).map((entry) => [textOf(entry, 1), bytesOf(entry, 2)]);
  return { hparams: Object.fromEntries(hparams) as unknown, seconds: start.get(5) };
}

function doublesOf(bytes: Uint8Array): Float64Array {
  return new Float64Array(Uint8Array.from(bytes).buffer);
}
