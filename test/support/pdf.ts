import { inflateSync } from 'node:zlib';

export interface PdfPage {
  /** Whether text, lines or pictures are painted on it. */
  readonly shows: boolean;
}

/** The pages of a PDF as Chromium writes it: plain objects, contents deflated (ISO 32000-1, 7.7.3). */
export function pagesOf(pdf: Buffer): readonly PdfPage[] {
  const text = pdf.toString('latin1');
  const pages = [...text.matchAll(/\/Type \/Page\b(?!s)[^]*?endobj/g)];
  return pages.map(([page]) => {
    const object = /\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '';
    return { shows: /\b(Tj|TJ|Do|f|S)\b/.test(contents(pdf, text, object)) };
  });
}

function contents(pdf: Buffer, text: string, object: string): string {
  const start = new RegExp(`(?:^|\\n)${object} 0 obj\\s*<<[^]*?>>\\s*stream\\r?\\n`).exec(text);
  if (!start) return '';
  const from = start.index + start[0].length;
  const length = Number(/\/Length (\d+)/.exec(start[0])?.[1]);
  const stream = pdf.subarray(from, from + length);
  return start[0].includes('FlateDecode') ? inflateSync(stream).toString('latin1') : String(stream);
}
