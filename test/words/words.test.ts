import { expect, test } from '@jest/globals';
import { languageOf } from '../../grader/words/words.ts';

test.each([
  [{ LANG: 'ko_KR.UTF-8' }, 'ko'],
  [{ LANG: 'ko' }, 'ko'],
  [{ LC_ALL: 'en_US.UTF-8', LANG: 'ko_KR.UTF-8' }, 'en'],
  [{ LC_ALL: '', LC_MESSAGES: 'ko_KR', LANG: 'de_DE.UTF-8' }, 'ko'],
  [{ LANG: 'C.UTF-8' }, 'en'],
  [{ LANG: 'toString' }, 'en'],
  [{}, 'en'],
])('the language of %j is %s', (environment, language) => {
  expect(languageOf(environment)).toBe(language);
});
