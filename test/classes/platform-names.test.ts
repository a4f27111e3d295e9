import { expect, test } from '@jest/globals';
import { platformName } from '../../grader/classes/platform-names.ts';
import { whoseFiles } from '../../grader/classes/whose.ts';

/** Name, whose, number, what the candidate called it. */
const moodle: readonly (readonly [string, string | null, string | null, string])[] = [
  ['Anna Müller_12345_assignsubmission_file_', 'Anna Müller', '12345', ''],
  ['Anna Müller_12345_assignsubmission_file', 'Anna Müller', '12345', ''],
  ['Anna_12345_assignsubmission_file_sunspots.ts', 'Anna', '12345', 'sunspots.ts'],
  ['Anna_12345_assignsubmission_file_my_sunspots_v2.ts', 'Anna', '12345', 'my_sunspots_v2.ts'],
  ['Anna_assignsubmission_file_', 'Anna', null, ''],
  ['Group 1-김철수_77_assignsubmission_file_', 'Group 1-김철수', '77', ''],
  ['김철수'.normalize('NFD') + '_77_assignsubmission_file_', '김철수', '77', ''],
  ['Sun. Spots 3rd_9_assignsubmission_file_sarcasm.h5', 'Sun. Spots 3rd', '9', 'sarcasm.h5'],
  ['a_b_7_assignsubmission_file_', 'a_b', '7', ''],
  ['Participant_12_assignsubmission_file_', null, '12', ''],
  ['Participant 12_assignsubmission_file_x.ts', null, '12', 'x.ts'],
  ['참가자_12_assignsubmission_file_', null, '12', ''],
];

test.each(moodle)('Moodle: %s', (text, name, platformId, own) => {
  expect(platformName(text)).toEqual({
    ...{ platform: 'moodle', name, platformId, own, isLate: null, kind: 'file' },
  });
});

/** Name, whose, number, whether late, what the candidate called it. */
const canvas: readonly (readonly [string, string | null, string, boolean, string])[] = [
  ['leeanna_12_67_sunspots-1.ts', 'leeanna', '12', false, 'sunspots-1.ts'],
  ['leeanna_LATE_12_67_sunspots.ts', 'leeanna', '12', true, 'sunspots.ts'],
  ['late_LATE_12_67_sunspots.ts', 'late', '12', true, 'sunspots.ts'],
  ['lee_anna_12_67_my_1_2_sunspots.ts', 'lee_anna', '12', false, 'my_1_2_sunspots.ts'],
  ['group7_12_67_regression.keras', 'group7', '12', false, 'regression.keras'],
  ['김철수_LATE_12_67_a.ts', '김철수', '12', true, 'a.ts'],
  ['anon_Ab3dE_67_a.ts', null, 'anon_Ab3dE', false, 'a.ts'],
  ['LATE_anon_Ab3dE_67_a.ts', null, 'anon_Ab3dE', true, 'a.ts'],
];

test.each(canvas)('Canvas: %s', (text, name, platformId, isLate, own) => {
  expect(platformName(text)).toEqual({
    ...{ platform: 'canvas', name, platformId, own, isLate, kind: 'file' },
  });
});

test('what was typed on a page is told from files', () => {
  expect(platformName('Anna_1_assignsubmission_onlinetext_onlinetext.html')?.kind).toBe('text');
  expect(platformName('Anna_1_assignsubmission_onlinetext_')?.kind).toBe('text');
  expect(platformName('leeanna_LATE_12_text.html')).toMatchObject({ kind: 'text', isLate: true });
  expect(platformName('leeanna_12_link.html')?.kind).toBe('text');
});

test.each(['sunspots.ts', 'anna_123_sunspots.ts', '1_2_sunspots.ts', 'assignsubmission_file_', ''])(
  'no platform: %s',
  (text) => {
    expect(platformName(text)).toBeNull();
  },
);

const problems = ['sunspots', 'sarcasm', 'fashion-mnist'];

test.each([
  ['a folder for each', ['anna/sunspots.ts', 'bob/x/sunspots.ts'], ['anna', 'bob']],
  ['in folders of problems', ['sunspots/anna.ts', 'sunspots/bob.h5'], ['anna', 'bob']],
  ['a folder around all', ['hw/anna/sunspots.ts', 'hw/bob/sunspots.ts'], ['anna', 'bob']],
  ['an archive for each', ['anna.zip/sunspots.ts', 'bob.tar.gz/sunspots.ts'], ['anna', 'bob']],
  ['a problem in folders', ['sunspots/anna/m.ts', 'sarcasm/bob/m.ts'], ['anna', 'bob']],
  ['one file for a problem', ['sunspots/model.ts', 'sarcasm/model.ts'], [undefined, undefined]],
  ['names that tell nothing', ['sunspots.ts', 'sunspots-final.ts'], [undefined, undefined]],
  [
    'one name twice',
    ['Lee_1_assignsubmission_file_/sunspots.ts', 'Lee_2_assignsubmission_file_/sunspots.ts'],
    ['Lee (1)', 'Lee (2)'],
  ],
])('whose they are: %s', (_, files, names) => {
  const paths = files.map((file) => file.split('/'));
  const whose = whoseFiles(paths, problems);
  expect(paths.map((path) => whose(path).candidate?.name)).toEqual(names);
});

test('a name of a platform is none of a problem', () => {
  const path = ['Sunspots Sarcasm_3_assignsubmission_file_', 'mnist.ts'];
  expect(whoseFiles([path], problems)(path).own).toEqual(['', 'mnist.ts']);
});
