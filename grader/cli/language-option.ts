import { Option, type Command } from 'commander';
import { languageOf, languages, type Language } from '../words/words.ts';

export interface LanguageFlag {
  readonly lang: Language;
}

/** `--lang`: what people read at length; errors, JSON and names stay English. */
export function addLanguageOption(command: Command): Command {
  return command.addOption(
    new Option('--lang <code>', 'the language of reports and outcomes')
      .choices(Object.keys(languages))
      .default(languageOf(process.env), 'that of LC_ALL, LC_MESSAGES or LANG, else en'),
  );
}
