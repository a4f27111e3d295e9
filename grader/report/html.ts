import Handlebars from 'handlebars';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison, GradeReport } from '../contract.ts';
import { packageRoot } from '../package-root.ts';
import { type Language, languages } from '../words/words.ts';
import type { Hint } from './class-hints.ts';
import type { Outcomes } from './export-format.ts';
import { certificateView, type CertificateParts } from './view/certificate.ts';
import { classPageView } from './view/class-page.ts';
import { comparisonView } from './view/comparison.ts';
import { pageView } from './view/page.ts';

/**
 * A report as one self-contained page: no outside address, light, dark and print. Its one script sorts and
 * filters tables; the page's policy names it by its digest, so that nothing else runs. Equal reports give equal
 * bytes.
 */
export function renderHtml(report: GradeReport, language: Language = 'en'): string {
  pages ??= compile();
  const { report: template, ...script } = pages;
  return template({ ...pageView(report, languages[language]), ...script });
}

/** Two attempts beside each other as such a page, without a script. */
export function renderComparison(comparison: Comparison, language: Language = 'en'): string {
  pages ??= compile();
  return pages.comparison({ ...comparisonView(comparison, languages[language]), scriptHash: '' });
}

/** A class over its reports, which lie beside it, as such a page. */
export function renderClass(
  outcomes: Outcomes,
  hints: readonly Hint[],
  language: Language = 'en',
): string {
  pages ??= compile();
  return pages.class({ ...classPageView(outcomes, hints, languages[language]), scriptHash: '' });
}

/** A certificate as such a page, before its seal. */
export function renderCertificate(parts: CertificateParts, language: Language): string {
  pages ??= compile();
  return pages.certificate(certificateView(parts, languages[language]));
}

interface Pages {
  readonly report: Handlebars.TemplateDelegate;
  readonly comparison: Handlebars.TemplateDelegate;
  readonly class: Handlebars.TemplateDelegate;
  readonly certificate: Handlebars.TemplateDelegate;
  readonly script: string;
  /** As a content security policy names it. */
  readonly scriptHash: string;
}

let pages: Pages | undefined;

const scriptFile = 'tables.js';

/** The templates stay in the source folder: the build copies programs only. */
function compile(): Pages {
  const folder = join(packageRoot, 'grader', 'report', 'templates');
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const environment = Handlebars.create();
  for (const name of readdirSync(folder).filter((each) => each !== scriptFile)) {
    environment.registerPartial(name.replace(/\.\w+$/, ''), read(name));
  }
  const script = read(scriptFile);
  return {
    report: environment.compile('{{> page}}', { strict: true }),
    comparison: environment.compile('{{> comparison}}', { strict: true }),
    class: environment.compile('{{> class}}', { strict: true }),
    certificate: environment.compile('{{> certificate}}', { strict: true }),
    script,
    scriptHash: `sha256-${createHash('sha256').update(script).digest('base64')}`,
  };
}
