import encodeQR from 'qr';
import type {
  AttemptRecord,
  ClosingRecord,
  OpeningRecord,
  ProblemResult,
  RegradeRecord,
  ResultStatement,
  SignedRecord,
} from '../../contract/record.ts';
import { metricOf } from '../../metrics/metric.ts';
import { canonicalJson } from '../../records/canonical-json.ts';
import { fixed, significant, utc } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';

interface Certified {
  readonly opening: OpeningRecord;
  readonly closing: ClosingRecord;
  readonly records: readonly SignedRecord[];
}

export interface CertificateParts extends Certified {
  readonly statement: ResultStatement;
  /** The records as an element of HTML. */
  readonly embedded: string;
}

/** Only what was supervised, on rows that nobody could have known, is a certificate. */
export function certificateKind({ opening, closing, records }: Certified): ResultStatement['kind'] {
  const { candidate, problems } = opening.body;
  const areSecret = problems.every(({ id, secrecy }) => {
    const result = closing.body.results.find(({ problem }) => problem === id);
    const graded = gradedOf(result, records);
    return [secrecy, graded?.body.secrecy ?? secrecy].every((tier) => tier !== 'public');
  });
  return candidate.identity.checked === 'supervised' && areSecret
    ? 'certificate'
    : 'practice-record';
}

/** A certificate as text and numbers ready to print. */
export function certificateView(parts: CertificateParts, words: Words): object {
  const { opening, closing, records, statement, embedded } = parts;
  const texts = words.certificate;
  const { candidate, exam, passMark, attempts, profile, problems, timeLimitSeconds } = opening.body;
  const { identity } = candidate;
  const { total, passed, reason, clockJumps } = closing.body;
  const graded = records.filter((record) => record.kind === 'attempt');
  const levels = [...new Set(graded.map(({ body }) => body.isolation))].join(', ');
  const facts = [
    [
      texts.identity,
      identity.checked === 'supervised'
        ? texts.supervised(shortened(identity.by, 80))
        : texts.selfDeclared,
    ],
    [texts.when, `${utc(opening.at)} – ${utc(closing.at)}, ${texts.ended[reason]}`],
    [
      texts.time,
      timeLimitSeconds === null ? texts.none : texts.minutes(fixed(timeLimitSeconds / 60, 0)),
    ],
    [texts.rule, texts.counts[attempts.counts]],
    [texts.profile, profile],
    [
      texts.grader,
      `${shortened(opening.body.grader, 40)}${levels && `, ${texts.isolation} ${levels}`}`,
    ],
    ...(clockJumps.length > 0 ? [[texts.clock, texts.jumps(clockJumps.length)]] : []),
    [texts.key, statement.key],
    [texts.closing, statement.closing],
    [texts.examHash, exam.sha256],
  ] as const;
  const rows = problems.map((problem) => {
    const result = closing.body.results.find(({ problem: id }) => id === problem.id);
    const { body } = gradedOf(result, records) ?? {};
    return {
      name: shortened(problem.title, 80),
      version: `${shortened(problem.id, 60)} ${problem.package.version}`,
      points: `${result?.points ?? 0}/5`,
      metric: body ? words.metricName(metricOf(body.metric).name) : '',
      value: body?.value === null || !body ? '–' : valueText(body.value, body.standardError),
      attempts: `${result?.attempts ?? 0}${attempts.allowed === null ? '' : `/${attempts.allowed}`}`,
      secrecy: texts.secrecy[body?.secrecy ?? problem.secrecy],
    };
  });
  const title = texts.titles[statement.kind];
  return {
    ...{ lang: words.tag, words, title, scriptHash: '', embedded, facts: facts.map(pairOf), rows },
    ...{
      name: shortened(candidate.name, 120),
      exam: shortened(exam.title, 120),
      date: utc(closing.at),
    },
    meaning: texts.meaning[statement.kind],
    result: texts.result(fixed(total, 1), fixed(passMark, 0)),
    verdict: passed ? texts.passed : texts.notPassed,
    tone: passed ? 'good' : 'neutral',
    qr: encodeQR(canonicalJson(statement), 'svg', { ecc: 'low', border: 4 }),
  };
}

function pairOf([name, value]: readonly [string, string] | readonly string[]): object {
  return { name, value };
}

function gradedOf(
  result: ProblemResult | undefined,
  records: readonly SignedRecord[],
): AttemptRecord | RegradeRecord | undefined {
  const record = records.find(({ sequence }) => sequence === result?.from);
  return record?.kind === 'attempt' || record?.kind === 'regrade' ? record : undefined;
}

function valueText(value: number, standardError: number | null): string {
  const text = significant(value);
  return standardError === null ? text : `${text} ± ${significant(standardError, 2)}`;
}
