import type { FindingFigures, FindingId, FindingOf, Severity } from '../contract.ts';
import { english } from '../words/en.ts';

/** Looks for one thing in the facts, and says it; null where it is not there. */
export function rule<Facts, Id extends FindingId>(
  id: Id,
  severity: Severity,
  check: (facts: Facts) => FindingFigures[Id] | null,
): ((facts: Facts) => FindingOf<Id> | null) & { readonly id: Id } {
  const find = (facts: Facts) => {
    const figures = check(facts);
    if (figures === null) return null;
    const [message, advice] = english.findings.of[id](figures);
    return { id, severity, figures, message, advice };
  };
  return Object.assign(find, { id });
}
