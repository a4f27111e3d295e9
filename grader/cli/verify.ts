import type { SignedRecord } from '../contract.ts';
import { fingerprint, readPublicKey } from '../records/keys.ts';
import { verifyPath, type Verification } from '../records/verify.ts';
import { plural } from '../text/numbers.ts';
import { jsonLine, paragraph, printable, shortened } from '../text/printable.ts';
import type { CliContext } from './context.ts';

export interface VerifyFlags {
  readonly key: string;
  readonly json?: true;
}

/** Checks signed results, says what does not fit, and sets the exit code. */
export async function verify(path: string, flags: VerifyFlags, context: CliContext): Promise<void> {
  const { screen } = context;
  const publicKey = await readPublicKey(flags.key);
  const verification = await verifyPath(path, publicKey);
  const { kind, records, statement, discrepancies } = verification;
  const key = fingerprint(publicKey);
  const good = discrepancies.length === 0;
  context.exit(good ? 0 : 1);
  if (flags.json) {
    const facts = { path, kind, good, key, records: records.length, statement, discrepancies };
    screen.print(jsonLine(facts));
    return;
  }
  const name = printable(path);
  if (good) {
    screen.print(`${screen.style('green', 'Good')}: ${name} is as it was signed.`);
    for (const line of contents(verification)) screen.print(`  ${line}`);
    screen.print(`  Key ${key}`);
    return;
  }
  screen.print(screen.style('red', `${name} is not as it was signed:`));
  for (const { message } of discrepancies.slice(0, shown)) screen.print(`- ${paragraph(message)}`);
  if (discrepancies.length > shown) {
    screen.print(`- and ${discrepancies.length - shown} more; --json has them all`);
  }
}

const shown = 50;

function contents({ kind, records, statement }: Verification): readonly string[] {
  if (statement) return [resultLine(statement.name, statement.exam, statement)];
  const [opening] = records;
  const closing = records.findLast((record) => record.kind === 'closing');
  if (opening?.kind !== 'opening' || !closing) return [];
  const { candidate, exam } = opening.body;
  return [
    resultLine(candidate.name, exam.title, { ...closing.body, at: closing.at }),
    `${plural(records.length, 'record')}, ${plural(records.filter(isAttempt).length, 'attempt')}.`,
    ...(kind === 'records' ? ['The files that they speak of were not looked at.'] : []),
  ];
}

function isAttempt({ kind }: SignedRecord): boolean {
  return kind === 'attempt';
}

function resultLine(
  name: string,
  exam: string,
  { total, passed, at }: { readonly total: number; readonly passed: boolean; readonly at: string },
): string {
  const result = `${total} of 100, ${passed ? 'passed' : 'not passed'}`;
  return `${shortened(name)}, ${shortened(exam)}: ${result}, ${at}.`;
}
