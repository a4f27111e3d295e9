import { afterAll, beforeAll, expect } from '@jest/globals';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { packageRoot } from '../../grader/package-root.ts';
import { makeCertificate } from '../../grader/report/certificate.ts';
import { renderClass, renderComparison, renderHtml } from '../../grader/report/html.ts';
import { type Language, languages } from '../../grader/words/words.ts';
import { closedSitting, newKeys } from '../records/sitting.ts';
import { isFull } from '../support/full.ts';
import { startBrowser, testInBrowser } from '../support/browser.ts';
import { pagesOf } from '../support/pdf.ts';
import { classOfMany } from './class-of-many.ts';
import { comparisonOf, golden, goldenNames, withLayers, withSeedsAndSweep } from './golden.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const troubles = readFileSync(join(packageRoot, 'test/report/troubles.js'), 'utf8');
/** A folder for pictures of all pages, for whoever wants to look at them. */
const pictures = process.env['GRADER_TEST_PICTURES'];

const layer = { className: 'Conv2D', outputShape: [28, 28, 16], parameters: 2320 };
const branching = withLayers(
  [[], [0], [1], [1], [1], [2, 3, 4], [1, 5]].map((inputs, at) => ({
    ...{ ...layer, name: `a_layer_with_a_long_name_${at}`, inputs },
  })),
);

const many = classOfMany();
const { privateKey: sittingKey } = newKeys();
const sitting = closedSitting(sittingKey);
const pages: Readonly<Record<string, (language: Language) => string>> = {
  ...Object.fromEntries(
    goldenNames.map((name) => [name, (language: Language) => renderHtml(golden(name), language)]),
  ),
  'seeds and sweep': (language) => renderHtml(withSeedsAndSweep(), language),
  'branching model': (language) => renderHtml(branching, language),
  class: (language) => renderClass(many.outcomes, many.hints, language),
  certificate: (language) => makeCertificate(sitting, sittingKey, language),
  comparison: (language) => renderComparison(comparisonOf('regression'), language),
  'comparison of classes': (language) => renderComparison(comparisonOf('sarcasm'), language),
};
const reports = Object.entries(pages).flatMap(([name, render]) =>
  (Object.keys(languages) as Language[]).map((language) => ({ name, language, render })),
);

const looks = [
  { colorScheme: 'light', width: 1400 },
  { colorScheme: 'dark', width: 320 },
  { colorScheme: 'light', width: 320 },
  { colorScheme: 'dark', width: 1400 },
] as const;

/** Between them the languages are seen by day and by night, wide and narrow. */
const someLooks = (language: Language) => (language === 'en' ? looks.slice(0, 2) : looks.slice(2));

testInBrowser.each(reports)(
  'the page of the $name in $language reads well, wide and narrow, by day and by night',
  async ({ name, language, render }) => {
    const html = render(language);
    const found: Record<string, readonly string[]> = {};
    for (const { colorScheme, width } of isFull ? looks : someLooks(language)) {
      const look = { colorScheme, viewport: { width, height: 900 } };
      const named = `${colorScheme} ${width}`;
      await withPage(html, { ...look, javaScriptEnabled: false }, async (page) => {
        if (pictures) await picture(page, `${name}-${language}-${colorScheme}-${width}`);
        found[`${named}, to the eye`] = await page.evaluate(`${troubles}; troublesOf()`);
      });
      // Nothing is awaited where scripts are off.
      await withPage(html, look, async (page) => {
        found[`${named}, by axe`] = await violations(page);
      });
    }
    const bad = Object.entries(found).filter(([, each]) => each.length > 0);
    expect(Object.fromEntries(bad)).toEqual({});
  },
);

testInBrowser.each(reports)(
  'the page of the $name in $language prints without an empty page or a chart in two parts',
  async ({ language, render }) => {
    const look = { javaScriptEnabled: false, viewport: { width: 1000, height: 900 } };
    await withPage(render(language), look, async (page) => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(splitFigures)).toEqual([]);
      const pages = pagesOf(await page.pdf({ format: 'A4', printBackground: true }));
      expect(pages.length).toBeGreaterThan(0);
      expect(pages.filter(({ shows }) => !shows)).toEqual([]);
    });
  },
);

testInBrowser(
  'the held-out examples are sorted and filtered by the one script that the policy names',
  async () => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      const refused: string[] = [];
      page.on('console', (message) => refused.push(message.text()));
      await page.setContent(renderHtml(golden('fashion-mnist')));
      const rows = page.locator('table.rows tbody tr');
      const numbers = () => rows.locator('td:nth-child(1)').allInnerTexts();
      const names = (column: number) =>
        rows.locator(`visible=true >> td:nth-child(${column}) bdi`).allInnerTexts();
      const heading = (title: string) =>
        page.getByRole('columnheader', { name: title }).getByRole('button');
      const asMade = (await numbers()).map(Number);
      await heading('Row').click();
      expect((await numbers()).map(Number)).toEqual(asMade.toSorted((a, b) => a - b));
      await heading('Row').click();
      expect((await numbers()).map(Number)).toEqual(asMade.toSorted((a, b) => b - a));
      await heading('Actual').focus();
      await page.keyboard.press('Enter');
      const actual = await names(3);
      expect(actual).toEqual(actual.toSorted((a, b) => a.localeCompare(b)));
      expect(await page.locator('[aria-sort]').allInnerTexts()).toEqual([
        expect.stringContaining('Actual'),
      ]);
      const wanted = actual.at(-1) ?? '';
      await page.locator('.tools select').first().selectOption(wanted);
      const chosen = actual.filter((name) => name === wanted);
      expect(chosen.length).toBeLessThan(actual.length);
      expect(await names(3)).toEqual(chosen);
      expect(await page.locator('.tools output').innerText()).toContain(`${chosen.length} / 50`);
      await page.getByRole('searchbox').fill('no such words');
      expect(await names(3)).toEqual([]);
      expect(refused).toEqual([]);
    } finally {
      await context.close();
    }
  },
);

testInBrowser('a pointer on a curve is told its epoch and value, without script', async () => {
  const look = { javaScriptEnabled: false };
  await withPage(renderHtml(golden('fashion-mnist')), look, async (page) => {
    const mark = page.locator('figure svg circle:has(title)').first();
    await mark.scrollIntoViewIfNeeded();
    await mark.hover();
    expect(await page.locator('svg circle:hover title').textContent()).toMatch(/^epoch 1: 0\.\d+$/);
  });
});

/** Charts that a printed page may cut in two: A4 between margins is 1,040 pixels high. */
const splitFigures = `[...document.querySelectorAll('figure, .hero, .failure')]
  .filter((each) => each.offsetHeight > 1040 || getComputedStyle(each).breakInside !== 'avoid')
  .map((each) => each.outerHTML.slice(0, 200))`;

async function withPage(
  html: string,
  look: BrowserContextOptions,
  read: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ ...look, bypassCSP: true });
  try {
    const page = await context.newPage();
    await page.setContent(html);
    await read(page);
  } finally {
    await context.close();
  }
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const found: readonly Violation[] = await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}: ${failureSummary}`),
  );
}

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures ?? '', { recursive: true });
  await page.screenshot({ path: join(pictures ?? '', `${name}.png`), fullPage: true });
}
