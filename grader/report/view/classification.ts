import type { ClassificationDetails, ExampleImage, GradeReport } from '../../contract.ts';
import { labelFigureNames } from '../../metrics/figures.ts';
import { count, fixed, percent } from '../../text/numbers.ts';
import { isOwnPicture, shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';

interface MatrixCell {
  readonly count: string;
  /** Empty in an empty cell. */
  readonly share: string;
  /** 0 to 0.6, the strength of the cell's colour: text stays legible on it. */
  readonly heat: string;
  readonly kind: 'right' | 'wrong' | 'none';
  readonly title: string;
}

interface ClassificationView {
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly names: readonly string[];
  readonly isLarge: boolean;
  readonly matrix: readonly { readonly name: string; readonly cells: readonly MatrixCell[] }[];
  readonly confusions: readonly {
    readonly title: string;
    readonly summary: string;
    readonly rows: string;
    /** As they were written, the worst first. */
    readonly texts: readonly string[];
    readonly images: readonly { readonly dataUrl: string; readonly alt: string }[];
  }[];
  readonly hasImages: boolean;
  readonly classes: readonly {
    readonly name: string;
    readonly precision: string;
    readonly recall: string;
    readonly f1: string;
    readonly support: string;
  }[];
}

interface Classified {
  readonly details: ClassificationDetails;
  readonly images: readonly ExampleImage[] | null;
  readonly examples: GradeReport['examples'];
}

const confusionsShown = 6;
const textsShown = 4;

/** Confusion matrix, worst confusions with their pictures, and the rates of each class. */
export function classificationView(
  { details, images, examples }: Classified,
  { classes: words }: Words,
): ClassificationView {
  const names = details.classes.map((entry) => shortened(entry.name, 40));
  const nameOf = (label: number) => names[label] ?? String(label);
  const titleOf = (actual: number, predicted: number) =>
    words.takenFor(nameOf(actual), nameOf(predicted));
  return {
    facts: [
      ...labelFigureNames.map((key) => ({
        name: words.figures[key],
        value: fixed(details[key], 4),
      })),
      { name: words.figures.macroF1, value: fixed(details.macroF1, 4) },
      {
        name: details.classes.length > 2 ? words.rocAucOfMany : words.figures.rocAuc,
        value: details.rocAuc === null ? words.aClassIsMissing : fixed(details.rocAuc, 4),
      },
    ],
    names,
    isLarge: names.length > 5,
    matrix: details.confusion.map((line, actual) => ({
      name: names[actual] ?? String(actual),
      cells: line.map((amount, predicted) =>
        matrixCell(amount, { line, actual, predicted, title: titleOf(actual, predicted) }),
      ),
    })),
    confusions: details.confusions.slice(0, confusionsShown).map((confusion) => ({
      title: titleOf(confusion.actual, confusion.predicted),
      summary: words.confused(
        count(confusion.count),
        percent(confusion.count / (details.classes[confusion.actual]?.support ?? 1)),
        nameOf(confusion.actual),
      ),
      rows: words.rows(confusion.rows.slice(0, 4).join(', ')),
      images: imagesOf(confusion, images ?? []).map(({ dataUrl, row }) => ({
        dataUrl,
        alt: words.row(row),
      })),
      texts: textsOf(confusion, examples),
    })),
    hasImages: images !== null && images.length > 0,
    classes: details.classes.map((entry, label) => ({
      name: names[label] ?? '',
      precision: fixed(entry.precision, 3),
      recall: fixed(entry.recall, 3),
      f1: fixed(entry.f1, 3),
      support: count(entry.support),
    })),
  };
}

interface Place {
  readonly line: readonly number[];
  readonly actual: number;
  readonly predicted: number;
  readonly title: string;
}

function matrixCell(amount: number, { line, actual, predicted, title }: Place): MatrixCell {
  const support = line.reduce((sum, value) => sum + value, 0);
  const share = support === 0 ? 0 : amount / support;
  const kind = amount === 0 ? 'none' : actual === predicted ? 'right' : 'wrong';
  // Errors are rare where a model is any good: their colour rises faster, or none would be seen.
  const heat = kind === 'wrong' ? Math.min(1, Math.sqrt(share) * 1.3) : share;
  return {
    count: count(amount),
    share: amount === 0 ? '' : percent(share),
    heat: (0.6 * heat).toFixed(3),
    kind,
    title,
  };
}

function imagesOf(
  confusion: { readonly actual: number; readonly predicted: number },
  images: readonly ExampleImage[],
): readonly ExampleImage[] {
  return images.filter(
    (image) =>
      image.actual === confusion.actual &&
      image.predicted === confusion.predicted &&
      isOwnPicture(image.dataUrl),
  );
}

function textsOf(
  confusion: { readonly actual: number; readonly predicted: number },
  examples: GradeReport['examples'],
): readonly string[] {
  return (examples?.worst ?? [])
    .filter(
      ({ actual, predicted }) => actual === confusion.actual && predicted === confusion.predicted,
    )
    .flatMap(({ text }) => (text === undefined ? [] : [shortened(text, 200)]))
    .slice(0, textsShown);
}
