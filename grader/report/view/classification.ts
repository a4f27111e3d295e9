import type { ClassificationDetails, ExampleImage } from '../../contract.ts';
import { labelTitles } from '../../metrics/figures.ts';
import { count, fixed, percent } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';

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
    readonly actual: string;
    readonly predicted: string;
    readonly count: string;
    readonly share: string;
    readonly rows: string;
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

const confusionsShown = 6;

/** Confusion matrix, worst confusions with their pictures, and the rates of each class. */
export function classificationView(
  details: ClassificationDetails,
  images: readonly ExampleImage[] | null,
): ClassificationView {
  const names = details.classes.map((entry) => shortened(entry.name, 40));
  return {
    facts: [
      ...labelTitles.map(([key, name]) => ({ name, value: fixed(details[key], 4) })),
      { name: 'Macro F1', value: fixed(details.macroF1, 4) },
      {
        name: details.classes.length > 2 ? 'ROC AUC, one against the rest' : 'ROC AUC',
        value: details.rocAuc === null ? 'undefined: a class is missing' : fixed(details.rocAuc, 4),
      },
    ],
    names,
    isLarge: names.length > 5,
    matrix: details.confusion.map((line, actual) => ({
      name: names[actual] ?? String(actual),
      cells: line.map((amount, predicted) =>
        matrixCell(amount, { line, names, actual, predicted }),
      ),
    })),
    confusions: details.confusions.slice(0, confusionsShown).map((confusion) => ({
      actual: names[confusion.actual] ?? String(confusion.actual),
      predicted: names[confusion.predicted] ?? String(confusion.predicted),
      count: count(confusion.count),
      share: percent(confusion.count / (details.classes[confusion.actual]?.support ?? 1)),
      rows: confusion.rows.slice(0, 4).join(', '),
      images: imagesOf(confusion, images ?? []),
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
  readonly names: readonly string[];
  readonly actual: number;
  readonly predicted: number;
}

function matrixCell(amount: number, { line, names, actual, predicted }: Place): MatrixCell {
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
    title: `${names[actual] ?? ''} taken for ${names[predicted] ?? ''}`,
  };
}

function imagesOf(
  confusion: { readonly actual: number; readonly predicted: number },
  images: readonly ExampleImage[],
): ClassificationView['confusions'][number]['images'] {
  return images
    .filter(
      (image) =>
        image.actual === confusion.actual &&
        image.predicted === confusion.predicted &&
        /^data:image\/png;base64,[A-Za-z0-9+/=]+$/.test(image.dataUrl),
    )
    .map((image) => ({ dataUrl: image.dataUrl, alt: `Held-out row ${image.row}` }));
}
