import { beforeAll, expect, test } from '@jest/globals';
import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../grader/package-root.ts';
import { isFull } from '../support/full.ts';
import { hasData } from '../support/real-data.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { golden, type goldenNames } from './golden.ts';

type Name = (typeof goldenNames)[number];

const close: readonly Name[] = [
  'regression',
  'invalid',
  'model-file',
  ...(isFull ? (['sunspots'] as const) : []),
];
/** Another processor sorts some of ten thousand pictures otherwise, and stops one step later. */
const alike: readonly Name[] = isFull
  ? ['interrupted', ...(hasData('fashion-mnist') ? (['fashion-mnist'] as const) : [])]
  : [];

const remade = new Map<Name, unknown>();

beforeAll(async () => {
  const folder = temporaryFolder();
  const program = join(packageRoot, 'test/golden/make-golden.js');
  await execa(process.execPath, [program, folder, ...close, ...alike]);
  for (const name of [...close, ...alike]) {
    remade.set(name, JSON.parse(readFileSync(join(folder, `${name}.report.json`), 'utf8')));
  }
});

test('the sample reports are those that gradings give; `npm run golden` makes them anew', () => {
  for (const name of close) expect(remade.get(name)).toEqual(nearly(golden(name)));
  for (const name of alike) expect(outline(remade.get(name))).toEqual(outline(golden(name)));
});

/** Fractions to two of their digits: processors round differently. */
function nearly(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isInteger(value)) {
    return expect.closeTo(value, 2 - Math.ceil(Math.log10(Math.abs(value))));
  }
  return mapped(value, nearly);
}

/** Which fields there are, and of which type. */
function outline(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(outline);
  return typeof value === 'object' ? mapped(value, outline) : typeof value;
}

function mapped(value: unknown, change: (each: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, change(each)]));
}
