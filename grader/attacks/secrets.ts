import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What an attack is after: it stands in a held-out file, in another's submission and in the environment. */
export interface Secrets {
  /** A file with held-out data. */
  readonly file: string;
  /** Another candidate's submission. */
  readonly submission: string;
  isIn(text: string): boolean;
}

const variable = 'GRADER_SELFTEST_SECRET';

export function makeSecrets(folder: string): Secrets {
  const secret = `secret-${randomUUID()}`;
  const [file, submission] = [join(folder, 'held-out.json'), join(folder, 'anna.ts')];
  writeFileSync(file, JSON.stringify({ labels: secret }));
  writeFileSync(submission, `// ${secret}\n`);
  process.env[variable] = secret;
  return { file, submission, isIn: (text) => text.includes(secret) };
}
