import { candidateError } from '../../errors.ts';
import { isObject } from '../../recipe/keras-class.ts';
import { show } from '../../text/show.ts';
import type { Conversion } from './conversion.ts';
import { readDtype } from './dtype.ts';
import { checkFields } from './fields.ts';
import { harmlessOf } from './harmless.ts';
import { malformed } from './refusal.ts';

interface FileInput {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Throws with fault `candidate` for what an input layer says and is not known; gives its dtype. */
export function checkInput({ name, config }: FileInput): string | null {
  const where = `The input layer ${show(name)}`;
  checkFields(where, config, { read: ['dtype'], harmless: harmlessOf('InputLayer') });
  const dtype = readDtype(where, config['dtype']);
  if (dtype === 'string') {
    throw candidateError(
      'string-input',
      `The input ${show(name)} takes strings; the grader's data are numbers.`,
      'Leave TextVectorization out: hand in the layers after it, which take word ids.',
    );
  }
  return dtype;
}

/** An input layer with a free batch size and a dtype that the grader's data have. */
export function convertInput(
  conversion: Conversion,
  input: FileInput,
): { className: 'InputLayer'; config: Record<string, unknown> } {
  const dtype = checkInput(input);
  const { name, config } = input;
  const shape = config['batch_shape'] ?? config['batch_input_shape'];
  if (isObject(shape) || !Array.isArray(shape) || shape.length === 0) {
    throw malformed(`The input layer ${show(name)} has the shape ${show(shape)}.`);
  }
  const [batch, ...rest] = shape as unknown[];
  if (batch !== null) {
    conversion.notes.add(
      `The model was saved for batches of ${show(batch)} examples; it is used with batches of any size.`,
    );
  }
  if (dtype === 'float64' || dtype === 'float16') {
    conversion.notes.add(`The input is declared as ${dtype}; it is given as float32.`);
  }
  return { className: 'InputLayer', config: { batch_input_shape: [null, ...rest] } };
}
