import { expect, test } from '@jest/globals';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure, GradeReport } from '../../grader/contract.ts';
import { verdictOf } from '../../grader/contract/verdicts.ts';
import { packageRoot } from '../../grader/package-root.ts';
import type { Outcomes, Ungraded } from '../../grader/report/export-format.ts';
import { junit } from '../../grader/report/junit.ts';
import { golden } from './golden.ts';
import { gradedAs, hostile, outcomesWith } from './outcomes.ts';

/** Reads the XML; throws where a schema refuses it. */
function read(known: Partial<Outcomes>, schema: 'jenkins' | 'gitlab'): XmlDocument {
  const path = join(packageRoot, 'test', 'fixtures', 'junit', `${schema}.xsd`);
  const rules = XmlDocument.fromString(readFileSync(path, 'utf8'));
  const document = XmlDocument.fromString(junit.render(outcomesWith(known)));
  XsdValidator.fromDoc(rules).validate(document);
  return document;
}

function failed(failure: Failure): GradeReport {
  const { id, countsAsAttempt } = verdictOf({
    ...{ failure, isInterrupted: failure.fault === 'interrupted', reachesPassMark: false },
  });
  return { ...golden('invalid'), failure, verdict: id, countsAsAttempt, points: null };
}

function outcomeIn(document: XmlDocument): string[] {
  const cases = document.find('//testcase/*[self::failure or self::error or self::skipped]');
  return cases.map((each) => ('name' in each ? String(each.name) : ''));
}

const unnamed: Ungraded = {
  ...{ problem: null, handIn: null, name: 'anna.h5', outcome: 'failure' },
  ...{ code: 'not-graded', message: 'its name is that of no problem' },
};
const whole = {
  graded: [gradedAs('regression'), gradedAs('invalid'), gradedAs('interrupted')],
  ungraded: [unnamed],
};

test.each(['jenkins', 'gitlab'] as const)('%s takes it, counted and timed', (schema) => {
  const document = read(whole, schema);
  const suite = document.get('/testsuites/testsuite[@hostname and @timestamp]');
  expect(suite).not.toBeNull();
  for (const at of ['/testsuites', '/testsuites/testsuite']) {
    const counted = `${at}[@tests="4" and @failures="3" and @errors="0" and @skipped="1" and @time > 0]`;
    expect(document.get(counted)).not.toBeNull();
  }
  expect(document.find('//testcase')).toHaveLength(4);
});

test('each graded submission has the path of its report, for programs and as an attachment', () => {
  const document = read(whole, 'gitlab');
  const paths = document.find('//system-out').map(({ content }) => content);
  expect(paths[0]).toBe('[[ATTACHMENT|results/regression/report.html]]');
  const property = '//property[@name="report"][@value="results/regression/report.html"]';
  expect(document.get(property)).not.toBeNull();
  const absolute = outcomesWith({ graded: [{ ...gradedAs('regression'), reportFile: null }] });
  expect(junit.render(absolute)).not.toContain('ATTACHMENT');
});

test.each([
  ['candidate', 'syntax', 'failure'],
  ['candidate', 'crash', 'failure'],
  ['limit', 'time', 'failure'],
  ['package', 'data', 'error'],
  ['grader', 'internal', 'error'],
  ['machine', 'memory', 'error'],
  ['interrupted', 'interrupted', 'skipped'],
] as const)('the fault of %s (%s) is a %s, with message and text', (fault, code, element) => {
  const failure = { fault, code, message: 'What happened.', help: 'What to do.' };
  const document = read(
    { graded: [{ ...gradedAs('invalid'), report: failed(failure) }] },
    'jenkins',
  );
  expect(outcomeIn(document)).toEqual([element]);
  const said = document.get(`//${element}[@message]`)?.content;
  if (element !== 'skipped') expect(said).toBe('What happened.\nWhat to do.');
});

test.each(hostile)('no name and no message can break it: %#', (text) => {
  const failure = { fault: 'candidate', code: 'syntax', message: text, help: text } as const;
  const report = failed(failure);
  const named = { ...report, submission: { ...report.submission, file: text } };
  const graded = [{ ...gradedAs('invalid'), report: named }];
  const ungraded = [{ ...unnamed, name: text, message: text }];
  for (const schema of ['jenkins', 'gitlab'] as const) {
    expect(outcomeIn(read({ graded, ungraded }, schema))).toEqual(['failure', 'failure']);
  }
});
