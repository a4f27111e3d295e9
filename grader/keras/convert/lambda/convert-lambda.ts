import { candidateError } from '../../../errors.ts';
import { isObject } from '../../../recipe/keras-class.ts';
import { show } from '../../../text/show.ts';
import { checkFields, checkObject } from '../fields.ts';
import { recogniseLambda } from './recognise-lambda.ts';

interface LambdaLayer {
  readonly name: string;
  readonly config: Record<string, unknown>;
  readonly trainable: boolean;
}

interface PlainLayer {
  readonly className: string;
  readonly config: Record<string, unknown>;
}

/** Throws with fault `candidate` for one whose form is not known: its code is not run. */
export function convertLambda({ name, config, trainable }: LambdaLayer): PlainLayer {
  checkFunction(`The function of the layer ${show(name)}`, config['function']);
  const found = recogniseLambda(config);
  const more = { supports_masking: false, ...(trainable ? {} : { trainable: false }) };
  switch (found?.kind) {
    case 'scale':
      return { className: 'Rescaling', config: { scale: found.factor, offset: 0, ...more } };
    case 'expand-dims':
      return { className: 'ExpandDims', config: { axis: found.axis, ...more } };
    case 'identity':
      return { className: 'Identity', config: more };
    default:
      throw candidateError(
        'lambda',
        `The layer ${show(name)} is a Lambda; its Python code is not run, and only "x * number" and "expand_dims" are known by their form.`,
        'Use a layer instead, such as Rescaling, Reshape or Activation.',
      );
  }
}

/** Keras 2 has a list, Keras 3 an object. */
function checkFunction(where: string, stored: unknown): void {
  if (!isObject(stored)) return;
  checkObject(where, stored);
  const { config } = stored;
  if (isObject(config)) checkFields(where, config, { read: ['code', 'defaults', 'closure'] });
}
