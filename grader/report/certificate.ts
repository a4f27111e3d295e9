import type { KeyObject } from 'node:crypto';
import type {
  ClosingRecord,
  OpeningRecord,
  ResultStatement,
  SignedRecord,
} from '../contract/record.ts';
import { canonicalJson } from '../records/canonical-json.ts';
import { embedRecords, sealPage } from '../records/sealed-page.ts';
import { hashOfRecord, sign } from '../records/sign.ts';
import type { Language } from '../words/words.ts';
import { renderCertificate } from './html.ts';
import { certificateKind } from './view/certificate.ts';

/**
 * The certificate of a closed sitting as one self-contained page: its records are embedded, its QR code has the result
 * signed, and its seal covers every byte. A practice record, unless somebody supervised and the held-out rows of all
 * problems were private or re-split. Throws an Error where there is no opening or no closing.
 */
export function makeCertificate(
  records: readonly SignedRecord[],
  privateKey: KeyObject,
  language: Language = 'en',
): string {
  const [opening] = records;
  const closing = records.at(-1);
  if (opening?.kind !== 'opening' || closing?.kind !== 'closing') {
    throw new Error('internal: a certificate is of a closed sitting');
  }
  const statement = statementOf({ opening, closing, records }, privateKey);
  const text = records.map((record) => `${canonicalJson(record)}\n`).join('');
  const page = renderCertificate(
    { opening, closing, records, statement, embedded: embedRecords(text) },
    language,
  );
  return sealPage(page, privateKey);
}

function statementOf(
  certified: {
    readonly opening: OpeningRecord;
    readonly closing: ClosingRecord;
    readonly records: readonly SignedRecord[];
  },
  privateKey: KeyObject,
): ResultStatement {
  const { opening, closing } = certified;
  const { candidate, exam } = opening.body;
  const content = {
    ...({ format: 'grader-statement', version: 1 } as const),
    ...{ kind: certificateKind(certified), name: candidate.name, exam: exam.title },
    ...{ total: closing.body.total, passed: closing.body.passed, at: closing.at },
    closing: hashOfRecord(closing),
  };
  return sign(content, privateKey);
}
