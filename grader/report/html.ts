import Handlebars from 'handlebars';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GradeReport } from '../contract.ts';
import { packageRoot } from '../package-root.ts';
import { type Language, languages } from '../words/words.ts';
import { pageView } from './view/page.ts';

/**
 * A report as one self-contained page: no script, no outside address, light, dark and print. Equal reports
 * give equal bytes.
 */
export function renderHtml(report: GradeReport, language: Language = 'en'): string {
  template ??= compile();
  return template(pageView(report, languages[language]));
}

let template: Handlebars.TemplateDelegate | undefined;

/** The templates stay in the source folder: the build copies programs only. */
function compile(): Handlebars.TemplateDelegate {
  const folder = join(packageRoot, 'grader', 'report', 'templates');
  const environment = Handlebars.create();
  for (const name of readdirSync(folder)) {
    environment.registerPartial(
      name.replace(/\.\w+$/, ''),
      readFileSync(join(folder, name), 'utf8'),
    );
  }
  return environment.compile('{{> page}}', { strict: true });
}
