import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recogniseLambda } from '../../grader/keras/convert/lambda/recognise-lambda.ts';
import { packageRoot } from '../../grader/package-root.ts';
import { fixtureTest, kerasFixtures } from '../support/fixtures.ts';

interface Fixture {
  readonly expected: Record<string, unknown>;
  readonly compiled: readonly { python: string; codes: Record<string, string> }[];
}

const { expected, compiled } = JSON.parse(
  readFileSync(join(packageRoot, 'test/fixtures/lambda.json'), 'utf8'),
) as Fixture;

test('the fixture holds code of every CPython from 3.7 to 3.13', () => {
  const versions = compiled.map(({ python }) => python);
  expect(versions).toEqual(['3.7', '3.8', '3.9', '3.10', '3.11', '3.12', '3.13']);
});

test.each(compiled)('CPython $python: only the two bodies and the identity', ({ codes }) => {
  expect(Object.keys(codes).length).toBeGreaterThan(80);
  const wanted = Object.fromEntries(
    Object.keys(codes).map((source) => [source, expected[source] ?? null]),
  );
  expect(answers(codes, kerasThree)).toEqual(wanted);
  expect(answers(codes, kerasTwo)).toEqual(wanted);
});

test('a lambda with defaults, a closure, arguments or a mask of its own is not recognised', () => {
  const code = codeOf('lambda x: x * 400');
  expect(recogniseLambda(kerasThree(code))).not.toBeNull();
  expect(recogniseLambda({ ...kerasThree(code), arguments: { scale: 2 } })).toBeNull();
  expect(recogniseLambda({ ...kerasThree(code), mask: kerasThree(code).function })).toBeNull();
  expect(recogniseLambda({ function: [code, [3], null] })).toBeNull();
  expect(recogniseLambda({ function: [code, null, [3]] })).toBeNull();
  const config = { code, defaults: [3], closure: null };
  expect(recogniseLambda({ function: { class_name: '__lambda__', config } })).toBeNull();
});

test('whatever is no stored lambda is not recognised', () => {
  const code = codeOf('lambda x: x * 400');
  const named = { class_name: 'function', config: 'scale', registered_name: 'function' };
  const functions = [named, 'scale', code, [code], [code, null, null, null], [], {}, null, 7, [[]]];
  for (const stored of functions) expect(recogniseLambda({ function: stored })).toBeNull();
  for (const config of [null, undefined, 'x', [], {}]) expect(recogniseLambda(config)).toBeNull();
});

test('damage to the code never makes another body or another factor of it', () => {
  const unharmed = { kind: 'scale', factor: 400 };
  for (const { codes } of compiled) {
    const whole = Buffer.from(codes['lambda x: x * 400.0'] ?? '', 'base64');
    const factor = whole.indexOf(doubleBytes(400));
    for (let at = 0; at < whole.length; at++) {
      expect(recogniseBytes(whole.subarray(0, at))).toBeNull();
      for (const value of [0, 1, 0x72, 0x7f, 0x80, 0xff, 0xe3]) {
        const damaged = Buffer.from(whole);
        damaged[at] = value;
        const found = recogniseBytes(damaged);
        if (at >= factor && at < factor + 8) expect(found?.kind ?? 'scale').toBe('scale');
        else expect(found ?? unharmed).toEqual(unharmed);
      }
    }
  }
});

test('code that asks for more than it holds is refused at once', () => {
  const header = [0xe3, ...integers(1, 0, 0, 1, 3), 's'.charCodeAt(0), ...integers(0)];
  const hostile = {
    'a tuple of two thousand million': [...header, 0x28, ...integers(0x7fffffff)],
    'a tuple of a negative count': [...header, 0x28, ...integers(-1)],
    'text of a negative length': [...header, 0x75, ...integers(-5)],
    'a long of two thousand million digits': [...header, 0x6c, ...integers(0x7fffffff)],
    'the most negative long': [...header, 0x6c, ...integers(-0x80000000)],
    'tuples as deep as the input': [...header, ...Array<number[]>(3000).fill([0x29, 1]).flat()],
    'a tuple that holds itself': [...header, 0xa9, 1, 0x72, ...integers(1)],
    'a reference to the code itself': [...header, 0x72, ...integers(0)],
    'a reference to nothing yet': [...header, 0x72, ...integers(9)],
    'a negative reference': [...header, 0x72, ...integers(-1)],
    'code in code in code': Array<number[]>(300).fill(header.slice(0, 21)).flat(),
  };
  for (const bytes of Object.values(hostile)) expect(recogniseBytes(Buffer.from(bytes))).toBeNull();
  expect(recogniseBytes(Buffer.alloc(50_000_000, 0xa9))).toBeNull();
  for (const text of ['', '!!!', '\u0000', 'x'.repeat(8000)]) {
    expect(recogniseLambda(kerasThree(text))).toBeNull();
  }
});

fixtureTest('the lambdas of the Keras fixtures are recognised in every configuration', () => {
  const scaled = ['scale 400'];
  expect(lambdasOf('ts_causal_lstm_lambda')).toEqual({ keras: scaled, legacy: scaled });
  const expanded = ['expand-dims -1', 'scale 100'];
  expect(lambdasOf('ts_lambda_expand_bilstm')).toEqual({ keras: expanded, legacy: expanded });
});

function answers(codes: Record<string, string>, stored: (code: string) => object) {
  return Object.fromEntries(
    Object.entries(codes).map(([source, code]) => [source, recogniseLambda(stored(code))]),
  );
}

function kerasThree(code: string) {
  const config = { code, defaults: null, closure: null };
  return { name: 'lambda', function: { class_name: '__lambda__', config }, arguments: {} };
}

function kerasTwo(code: string) {
  return {
    name: 'lambda',
    function: [code, null, null],
    function_type: 'lambda',
    output_shape: null,
    arguments: {},
  };
}

function codeOf(source: string): string {
  return compiled[0]?.codes[source] ?? '';
}

function recogniseBytes(bytes: Buffer) {
  return recogniseLambda(kerasThree(bytes.toString('base64')));
}

function integers(...values: number[]): number[] {
  return values.flatMap((value) => [0, 8, 16, 24].map((shift) => (value >> shift) & 0xff));
}

function doubleBytes(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

function lambdasOf(model: string): Record<string, string[]> {
  const folder = join(kerasFixtures ?? '', 'models', model);
  const files = { keras: 'model.json', legacy: 'legacy/model.json' };
  return Object.fromEntries(
    Object.entries(files).map(([kind, file]) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const configs = layerConfigs(JSON.parse(text), 'Lambda');
      return [kind, configs.map((config) => short(recogniseLambda(config)))];
    }),
  );
}

function short(found: ReturnType<typeof recogniseLambda>): string {
  return found === null ? 'nothing' : Object.values(found).join(' ');
}

function layerConfigs(value: unknown, className: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const nested = Object.values(value).flatMap((inner) => layerConfigs(inner, className));
  const { class_name: found, config } = value as { class_name?: unknown; config?: unknown };
  return found === className ? [config, ...nested] : nested;
}
