import { afterAll, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fromBuffer } from 'yauzl';
import { zip } from '../../grader/report/feedback-zip.ts';
import { gradedAs, hostile, outcomesWith } from './outcomes.ts';

const results = mkdtempSync(join(tmpdir(), 'feedback-'));
afterAll(() => {
  rmSync(results, { recursive: true });
});

/** The names of the archive's files, for reports of submissions with these names. */
async function namesFor(names: readonly string[]): Promise<string[]> {
  const graded = names.map((name, at) => {
    const reportFile = `${at}/report.html`;
    mkdirSync(dirname(join(results, reportFile)), { recursive: true });
    writeFileSync(join(results, reportFile), `<p>${at}</p>`);
    return { ...gradedAs('regression'), name, cameAs: name, reportFile };
  });
  return list(await zip.render(outcomesWith({ graded, results })));
}

function list(content: Uint8Array): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const found: string[] = [];
    fromBuffer(Buffer.from(content), { strictFileNames: true }, (error, file) => {
      if (error) {
        reject(error);
        return;
      }
      file.on('entry', ({ fileName }: { readonly fileName: string }) => found.push(fileName));
      file.on('end', () => {
        resolve(found);
      });
      file.on('error', reject);
    });
  });
}

/** The participant and the file, as is_valid_filename_for_import of Moodle's importziplib.php has them. */
function moodleReads(path: string): unknown {
  const parts = path.split('/');
  for (const [at, part] of parts.entries()) {
    const [, id, type, plugin, ...rest] = part.split('_');
    if (plugin === undefined || !/^\d+$/.test(id ?? '')) continue;
    return {
      id,
      plugin: `${type}_${plugin}`,
      file: [rest.join('_'), ...parts.slice(at + 1)].join('/'),
    };
  }
  return null;
}

test("Moodle's folders are those of feedback, each with its report", async () => {
  const names = await namesFor([
    '김 안나_12345_assignsubmission_file_/sunspots.h5',
    'Ben Lee_12346_assignsubmission_file/src/regression.ts',
    'Ben Lee_12346_assignsubmission_file/sunspots.ts',
  ]);
  expect(names).toEqual([
    '김 안나_12345_assignfeedback_file_/report.html',
    'Ben Lee_12346_assignfeedback_file/src-regression-report.html',
    'Ben Lee_12346_assignfeedback_file/sunspots-report.html',
  ]);
  expect(names.map(moodleReads)).toEqual([
    { id: '12345', plugin: 'assignfeedback_file', file: '/report.html' },
    { id: '12346', plugin: 'assignfeedback_file', file: '/src-regression-report.html' },
    { id: '12346', plugin: 'assignfeedback_file', file: '/sunspots-report.html' },
  ]);
});

test("a download of Moodle's without folders has the mark in the file's name", async () => {
  const [name = ''] = await namesFor(['Anna_12345_assignsubmission_file_sunspots.h5']);
  expect(moodleReads(name)).toEqual({
    ...{ id: '12345', plugin: 'assignfeedback_file', file: 'sunspots-report.html' },
  });
});

test("Canvas finds user and file by the two numbers of the download's name", async () => {
  const names = await namesFor([
    'kimanna_11_4567_sunspots.h5',
    'leeben_LATE_12_4568_sunspots-2.ts',
  ]);
  expect(names).toEqual(['kimanna_11_4567_sunspots.html', 'leeben_LATE_12_4568_sunspots-2.html']);
  // infer_comment_context_from_filename of canvas-lms app/models/assignment.rb
  const read = names.map((name) =>
    name
      .split('_')
      .filter((part) => /^\d+$/.test(part))
      .slice(0, 2),
  );
  expect(read).toEqual([
    ['11', '4567'],
    ['12', '4568'],
  ]);
});

test('elsewhere a report stands by the path of its submission, and no two are one', async () => {
  const names = await namesFor(['anna/sunspots.ts', 'anna/sunspots.h5', 'ANNA/Sunspots.ts']);
  expect(names).toEqual([
    'anna/sunspots-report.html',
    'anna/sunspots.h5-report.html',
    'ANNA/Sunspots.ts-report.html',
  ]);
});

test('no name leads out of the archive or breaks it', async () => {
  const names = await namesFor([
    ...hostile.map((each) => each.slice(0, 200)),
    '../../x',
    'C:\\x.ts',
  ]);
  expect(new Set(names).size).toBe(hostile.length + 2);
  for (const name of names) expect(name).not.toMatch(/[\p{Cc}\\]|^\/|(^|\/)\.\.(\/|$)/u);
});

test('a report that is gone keeps the archive from being written, one that was interrupted is not in it', async () => {
  const stopped = { ...gradedAs('interrupted'), reportFile: 'gone/report.html' };
  const empty = await zip.render(outcomesWith({ graded: [stopped], results }));
  expect(await list(empty)).toEqual([]);
  const graded = [{ ...gradedAs('regression'), reportFile: 'gone/report.html' }];
  await expect(zip.render(outcomesWith({ graded, results }))).rejects.toThrow('is not written');
});
