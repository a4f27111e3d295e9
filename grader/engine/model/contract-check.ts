import type { KerasObject, ModelSummary, ProblemDefinition, Shape } from '../../contract.ts';
import type { Misfit } from '../../recipe/misfit.ts';
import { inputPath, outputPath } from '../../recipe/model-layers.ts';
import { productOf } from '../../sizes.ts';
import { showShape } from '../../text/shape.ts';

/** The part of a problem that says what models it takes. */
type Contract = Pick<ProblemDefinition, 'id' | 'input' | 'outputs'>;

type Form = Pick<ModelSummary, 'inputShape' | 'outputShape'>;

/**
 * Why a model's input and output are not those that a problem takes, and which of some other problems
 * take them; `model` is the configuration, for the places.
 */
export function contractMisfits(
  { model, ...form }: Form & { readonly model: KerasObject },
  { id, input, outputs }: Contract,
  others: readonly Contract[] = [],
): readonly Misfit[] {
  const { inputShape, outputShape } = form;
  const elsewhere = fitsElsewhere(form, others);
  const shapes = outputs.map(({ shape }) => shape);
  const misfits: Misfit[] = [];
  if (formOf(inputShape, input.shapes) === null) {
    misfits.push({
      ...{ code: 'wrong-input-shape', path: inputPath(model) },
      message: `The model takes inputs of shape ${showShape(inputShape)}; ${id} gives ${input.shapes.map(showShape).join(' or ')}.`,
      help: `Input of this problem: ${input.description}${firstLayerAdvice(input.shapes)}${lengthAdvice(inputShape, input.shapes)}`.replace(
        /\.?$/,
        elsewhere,
      ),
    });
  }
  if (formOf(outputShape, shapes) === null) {
    const expected = outputs.map(
      ({ shape, description }) => `${showShape(shape)} (${description})`,
    );
    misfits.push({
      ...{ code: 'wrong-output-shape', path: outputPath(model) },
      message: `The model gives outputs of shape ${showShape(outputShape)}; ${id} expects ${expected.join(' or ')}.`,
      help: lastLayerAdvice(shapes).replace(/\.$/, misfits.length > 0 ? '.' : elsewhere),
    });
  }
  return misfits;
}

function fitsElsewhere({ inputShape, outputShape }: Form, others: readonly Contract[]): string {
  const fitting = others.filter(
    ({ input, outputs }) =>
      formOf(inputShape, input.shapes) !== null &&
      formOf(
        outputShape,
        outputs.map(({ shape }) => shape),
      ) !== null,
  );
  if (fitting.length === 0) return '.';
  return `. The model fits another problem: ${fitting.map(({ id }) => id).join(', ')}.`;
}

/** How a model ends that gives the first of these outputs. */
function lastLayerAdvice([wanted = []]: readonly Shape[]): string {
  const units = wanted.at(-1) ?? 1;
  const many = `${units} ${units === 1 ? 'output' : 'outputs'}`;
  const steps = wanted.length > 1 ? ' for each step' : '';
  return `This problem wants ${many}${steps}: end with layers.dense({ units: ${units} }) in a recipe, Dense(${units}) in Keras.`;
}

/** How a recipe takes the first of these inputs. */
function firstLayerAdvice([wanted = []]: readonly Shape[]): string {
  const sizes = wanted.map((size) => size ?? 'null').join(', ');
  return `. In a recipe the first layer has inputShape: [${sizes}]`;
}

/** Which of the shapes a model's own is, or null. An axis of the model without a size fits any. */
export function formOf(given: Shape, shapes: readonly Shape[]): number | null {
  const exact = shapes.findIndex((shape) => showShape(shape) === showShape(given));
  if (exact >= 0) return exact;
  const index = shapes.findIndex(
    (shape) =>
      shape.length === given.length &&
      given.every((size, axis) => size === null || size === shape[axis]),
  );
  return index < 0 ? null : index;
}

/** For the mistakes that are made most: another length, or pictures as one row of pixels. */
function lengthAdvice(given: Shape, shapes: readonly Shape[]): string {
  const [first = []] = shapes;
  const [size] = given;
  if (given.length !== 1 || typeof size !== 'number') return '';
  if (first.length === 1) {
    return `. A model for another length (${size} in place of ${first[0] ?? 'any'}) is trained anew with this one.`;
  }
  const values = productOf(first.map((axis) => axis ?? 1));
  return values === size
    ? `. Put a Flatten layer for ${showShape(first)} before the first layer.`
    : '';
}
