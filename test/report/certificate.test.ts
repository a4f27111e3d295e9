import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decode } from 'fast-png';
import jsQR from 'jsqr';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { SignedRecord } from '../../grader/contract.ts';
import { verifyPath } from '../../grader/records/verify.ts';
import { makeCertificate } from '../../grader/report/certificate.ts';
import { attempt, closedSitting, closing, newKeys, next, opening } from '../records/sitting.ts';
import { startBrowser, testInBrowser } from '../support/browser.ts';
import { pagesOf } from '../support/pdf.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { privateKey, publicKey } = newKeys();

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

function sittingOf(
  candidate: object,
  [asked, met]: readonly ('public' | 're-split' | 'private')[],
): SignedRecord[] {
  const problems = opening.body.problems.map((each) => ({ ...each, secrecy: asked }));
  const body = { ...opening.body, candidate, problems } as unknown as typeof opening.body;
  const records: SignedRecord[] = [];
  for (const draft of [{ ...opening, body }, attempt(1, met ? { secrecy: met } : {})]) {
    records.push(next(records, draft, privateKey));
  }
  records.push(next(records, closing(records), privateKey));
  return records;
}

const supervised = { name: 'A. Candidate', identity: { checked: 'supervised', by: 'B. Teacher' } };
const alone = { name: 'A. Candidate', identity: { checked: 'self-declared' } };

test.each<[string, SignedRecord[]]>([
  ['Certificate', sittingOf(supervised, ['private', 'private'])],
  ['Certificate', sittingOf(supervised, ['re-split', 're-split'])],
  ['Practice record', sittingOf(alone, ['private', 'private'])],
  ['Practice record', sittingOf(supervised, ['public', 'public'])],
  // Weights that may have met any public row.
  ['Practice record', sittingOf(supervised, ['re-split', 'public'])],
])('it is called a %s by who watched and how secret the data were', (title, records) => {
  const page = makeCertificate(records, privateKey);
  expect(page).toContain(`<title>${title}</title>`);
  expect(page).toContain(`<p class='kicker'>${title}</p>`);
});

test('it is as it was signed, offline, and every change of it is found', async () => {
  const path = join(temporaryFolder(), 'certificate.html');
  for (const language of ['en', 'ko'] as const) {
    const page = makeCertificate(closedSitting(privateKey), privateKey, language);
    writeFileSync(path, page);
    expect((await verifyPath(path, publicKey)).discrepancies).toEqual([]);
    expect(page).not.toMatch(/(?:src|href)=|@import|url\(/);
    for (const [from, to] of [
      ['A. Candidate</bdi>', 'B. Candidate</bdi>'],
      ['66.7', '96.7'],
      ['mock', 'mick'],
      ["fill='", "file='"],
      ['</body>', '<p>More</p></body>'],
    ] as const) {
      const changed = page.replace(from, to);
      writeFileSync(path, changed);
      const { discrepancies } = await verifyPath(path, publicKey);
      if (changed !== page) expect(discrepancies[0]?.code).toBe('page-changed');
    }
  }
});

test('a name that is markup stays a name', () => {
  const name = `</script><script>alert(1)</script><b>\u202eA`;
  const page = makeCertificate(sittingOf({ ...alone, name }, ['public', 'public']), privateKey);
  expect(page).not.toContain('<script>alert');
  expect(page).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
  expect(page).not.toMatch(/<b>|\u202e(?!A"|A\\)/);
});

testInBrowser('it prints on one page, and a camera reads the result off it', async () => {
  for (const language of ['en', 'ko'] as const) {
    const context = await browser.newContext({ deviceScaleFactor: 4, colorScheme: 'dark' });
    const page = await context.newPage();
    await page.setContent(makeCertificate(closedSitting(privateKey), privateKey, language));
    const { data, width, height, channels } = decode(await page.locator('.qr').screenshot());
    const pixels = new Uint8ClampedArray(width * height * 4).map(
      (_, at) => data[Math.floor(at / 4) * channels + (at % 4)] ?? 255,
    );
    const read = jsQR.default(pixels, width, height);
    const path = join(temporaryFolder(), 'qr.txt');
    writeFileSync(path, read?.data ?? '');
    const { kind, discrepancies, statement } = await verifyPath(path, publicKey);
    expect({ kind, discrepancies }).toEqual({ kind: 'statement', discrepancies: [] });
    expect(statement).toMatchObject({ kind: 'practice-record', total: 66.7, passed: false });
    const pdf = await page.pdf({ format: 'A4', printBackground: true });
    expect(pagesOf(pdf)).toHaveLength(1);
    await context.close();
  }
});
