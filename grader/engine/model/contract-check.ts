import type { ModelSummary, ProblemDefinition, Shape } from '../../contract.ts';
import { candidateError } from '../../errors.ts';
import { productOf } from '../../sizes.ts';
import { showShape } from '../../text/shape.ts';

/** The part of a problem that says what models it takes. */
type Contract = Pick<ProblemDefinition, 'id' | 'input' | 'outputs'>;

type Form = Pick<ModelSummary, 'inputShape' | 'outputShape'>;

/**
 * Throws with fault `candidate` where a model's input or output is not one that the problem takes; tells which
 * of some other problems take it.
 */
export function checkContract(
  form: Form,
  { id, input, outputs }: Contract,
  others: readonly Contract[] = [],
): void {
  const { inputShape, outputShape } = form;
  const elsewhere = fitsElsewhere(form, others);
  if (formOf(inputShape, input.shapes) === null) {
    throw candidateError(
      'wrong-input-shape',
      `The model takes inputs of shape ${showShape(inputShape)}; ${id} gives ${input.shapes.map(showShape).join(' or ')}.`,
      `Input of this problem: ${input.description}${lengthAdvice(inputShape, input.shapes)}`.replace(
        /\.?$/,
        elsewhere,
      ),
    );
  }
  const shapes = outputs.map(({ shape }) => shape);
  if (formOf(outputShape, shapes) !== null) return;
  const expected = outputs.map(({ shape, description }) => `${showShape(shape)} (${description})`);
  throw candidateError(
    'wrong-output-shape',
    `The model gives outputs of shape ${showShape(outputShape)}; ${id} expects ${expected.join(' or ')}.`,
    lastLayerAdvice(shapes).replace(/\.$/, elsewhere),
  );
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
