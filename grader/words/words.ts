import { english, type Words } from './en.ts';
import { korean } from './ko.ts';

/** All languages, by the code that `--lang` and `LANG` name them with. */
export const languages: Readonly<Record<'en' | 'ko', Words>> = { en: english, ko: korean };

export type Language = keyof typeof languages;

const isLanguage = (code: string): code is Language => Object.hasOwn(languages, code);

/**
 * The language of a terminal: of `LC_ALL`, `LC_MESSAGES` or `LANG`, whichever is set first, as in
 * "ko_KR.UTF-8" (POSIX.1-2017, 8.2); English where it is none of ours.
 */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  const code = (LC_ALL || LC_MESSAGES || LANG || '').split(/[_.@-]/)[0]?.toLowerCase() ?? '';
  return isLanguage(code) ? code : 'en';
}
