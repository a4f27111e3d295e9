import type { Finding, Severity } from '../../contract.ts';
import { findingWords } from './finding-words.ts';
import { paragraph } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';

interface FindingView {
  readonly message: string;
  readonly advice: string;
  readonly id: string;
}

/** The finding that matters most, and the others in their order; null where there is none. */
export function findingsView(findings: readonly Finding[], words: Words) {
  const [first, ...others] = [...findings].sort(
    (a, b) => weights[a.severity] - weights[b.severity],
  );
  const view = (finding: Finding) => viewOf(finding, words);
  return first ? { first: view(first), others: others.map(view) } : null;
}

const weights: Record<Severity, number> = { error: 0, warning: 1, note: 2 };

function viewOf(finding: Finding, words: Words): FindingView {
  const { message, advice } = findingWords(finding, words);
  return { id: finding.id, message: paragraph(message), advice: paragraph(advice) };
}
