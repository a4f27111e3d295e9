import { expect, test } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptReport, noteGradedAs } from '../../grader/classes/resume.ts';
import { golden } from '../report/golden.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const textOf = (name: Parameters<typeof golden>[0]) => JSON.stringify(golden(name));

/** A result as a grading leaves it, noted under the key `key`. */
async function result(name: Parameters<typeof golden>[0]): Promise<string> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'report.json'), textOf(name));
  writeFileSync(join(folder, 'report.html'), '<p>3</p>');
  await noteGradedAs(folder, 'key');
  return folder;
}

test('a whole result of the same key is kept, and an interrupted one never', async () => {
  const folder = await result('regression');
  expect((await keptReport(folder, 'key'))?.points).toBe(golden('regression').points);
  expect(await keptReport(folder, 'other')).toBeNull();
  expect(await keptReport(await result('interrupted'), 'key')).toBeNull();
});

test.each([
  ['report.json', null],
  ['report.json', ''],
  ['report.json', textOf('regression').slice(0, 500)],
  ['report.json', textOf('sunspots')],
  ['report.html', null],
  ['report.html', '<p>'],
  ['graded-as.json', null],
  ['graded-as.json', '{"key":"ke'],
  ['graded-as.json', '{"key":"key"}'],
  ['graded-as.json', 'null'],
])('a result whose %s has become %j is graded anew', async (name, text) => {
  const folder = await result('regression');
  if (text === null) rmSync(join(folder, name));
  else writeFileSync(join(folder, name), text);
  expect(await keptReport(folder, 'key')).toBeNull();
});
