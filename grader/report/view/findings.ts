import type { Finding, Severity } from '../../contract.ts';
import { paragraph } from '../../text/printable.ts';

interface FindingView {
  readonly message: string;
  readonly advice: string;
  readonly id: string;
}

/** The finding that matters most, and the others in their order; null where there is none. */
export function findingsView(findings: readonly Finding[]) {
  const [first, ...others] = [...findings].sort(
    (a, b) => weights[a.severity] - weights[b.severity],
  );
  return first ? { first: view(first), others: others.map(view) } : null;
}

const weights: Record<Severity, number> = { error: 0, warning: 1, note: 2 };

function view({ id, message, advice }: Finding): FindingView {
  return { id, message: paragraph(message), advice: paragraph(advice) };
}
