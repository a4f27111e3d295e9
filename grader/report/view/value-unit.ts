import type { GradeReport } from '../../contract.ts';
import { shortened } from '../../text/printable.ts';

/** The unit of the values: a squared one belongs to the metric. */
export function valueUnit(metric: GradeReport['problem']['metric']): string {
  return shortened(metric.unit.replace(/(\^2|²)$/, ''), 24);
}
