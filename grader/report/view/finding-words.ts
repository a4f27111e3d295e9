import type { Finding, FindingId, FindingOf } from '../../contract.ts';
import type { Words } from '../../words/en.ts';

interface FindingWords {
  readonly message: string;
  readonly advice: string;
}

/** A finding in a language, made of its figures; that of a newer grader, unknown here, stays English. */
export function findingWords(finding: Finding, { findings }: Words): FindingWords {
  return Object.hasOwn(findings.of, finding.id) ? ofFigures(finding, findings.of) : finding;
}

function ofFigures<Id extends FindingId>(
  { id, figures }: FindingOf<Id>,
  words: Words['findings']['of'],
): FindingWords {
  const [message, advice] = words[id](figures);
  return { message, advice };
}
