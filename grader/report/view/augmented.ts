import type { GradeReport } from '../../contract.ts';
import { isOwnPicture } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';

interface Picture {
  readonly dataUrl: string;
  readonly alt: string;
}

interface AugmentedView {
  readonly notes: readonly string[];
  readonly rows: readonly {
    readonly row: string;
    readonly before: Picture;
    readonly after: readonly Picture[];
  }[];
}

/** Training pictures before and after augmentation; null where there are none. */
export function augmentedView(
  { augmented = [], recipe }: GradeReport,
  { augmented: words }: Words,
): AugmentedView | null {
  const shown = augmented.filter(({ before, after }) => [before, ...after].every(isOwnPicture));
  if (shown.length === 0) return null;
  const isStandardised = recipe?.augmentation?.samplewise_center ?? false;
  return {
    notes: [words.lead, ...(isStandardised ? [words.standardised] : [])],
    rows: shown.map(({ row, before, after }) => ({
      row: String(row),
      before: { dataUrl: before, alt: words.before(row) },
      after: after.map((dataUrl, at) => ({ dataUrl, alt: words.after(row, at + 1) })),
    })),
  };
}
