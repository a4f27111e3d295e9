import { candidateError } from '../../../errors.ts';
import { layerName } from '../../../recipe/names.ts';
import { clean, show } from '../../../text/show.ts';
import type { Conversion, ConvertedValue } from '../conversion.ts';
import { isNotComputed } from '../conversion.ts';
import { lookUp } from '../look-up.ts';
import type { Argument, FileCall } from '../references.ts';
import type { OperationCall, Step, Steps } from './operation.ts';
import { Settings, UnknownSetting } from './settings.ts';
import { operations } from './table.ts';

interface OperationEntry {
  readonly name: string;
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * An operation as layers. What has none is kept as its refusal, which is thrown where the result is
 * used: as a mask it is not.
 */
export function applyOperation(
  conversion: Conversion,
  entry: OperationEntry,
  { call, values }: { readonly call: FileCall; readonly values: readonly ConvertedValue[] },
): ConvertedValue {
  const tensors = values.flatMap((value) => (isNotComputed(value) ? [] : [value]));
  const [lacking] = values.filter(isNotComputed);
  if (lacking) return lacking;
  try {
    const steps = stepsOf(entry, call);
    if (!steps) return { refusal: notKnown(entry, '') };
    const add = ({ className, config }: Step) => {
      // A mask ends at an operation, and the layer in its place may hand it on.
      const unmasked = { ...config, supports_masking: false };
      return conversion.add({ className, config: unmasked, name: entry.name, path: [] });
    };
    const each = tensors.map((tensor) =>
      (steps.each ?? []).reduce((x, step) => conversion.call(add(step), [x])[0], tensor),
    );
    const [first, ...others] = steps.then;
    const [given] = each;
    if (!given) return { refusal: notKnown(entry, ' without a tensor') };
    const joined = first ? conversion.call(add(first), each)[0] : given;
    return others.reduce((x, step) => conversion.call(add(step), [x])[0], joined);
  } catch (error) {
    if (!(error instanceof UnknownSetting)) throw error;
    return { refusal: notKnown(entry, ` with ${clean(error.message, 200)}`) };
  }
}

function stepsOf({ className, config }: OperationEntry, call: FileCall): Steps | null {
  const isFunction = typeof config['function'] === 'string';
  const name = isFunction ? String(config['function']).replace(/^.*\./, '') : className;
  const operation = lookUp(operations, name.replace(/_/g, '').toLowerCase());
  if (!operation) return null;
  const made = callOf(call, isFunction ? {} : config);
  const steps = operation(made);
  if (steps) made.settings.checkAllRead();
  return steps;
}

/** How TensorFlow's functions name their second values. */
const operandNames = ['x2', 'y', 'b'];

function callOf({ args, kwargs }: FileCall, config: OperationEntry['config']): OperationCall {
  const named = operandNames.flatMap((name) => kwargs[name] ?? []);
  const others = Object.entries(kwargs).filter(([name]) => !operandNames.includes(name));
  const settings = others.map(([name, argument]) => [name, settingOf(argument)]);
  return {
    operands: [...args, ...named],
    settings: new Settings({ ...config, ...(Object.fromEntries(settings) as object) }),
  };
}

function settingOf(argument: Argument): unknown {
  return argument.kind === 'constant' ? argument.value : 'a tensor';
}

function notKnown(entry: OperationEntry, more: string) {
  return candidateError(
    'operation',
    `The model uses ${publicName(entry)}${more} (in its configuration: ${show(entry.name)}), which the grader does not have.`,
    `It has: ${Object.keys(operations).join(', ')}. Or write it with layers.`,
  );
}

/** As it is written in Python. */
function publicName({ className, config }: OperationEntry): string {
  const written = config['function'];
  if (className === 'GetItem' || written === '__operators__.getitem') return 'x[…]';
  if (typeof written !== 'string') return `keras.ops.${clean(layerName(className), 60)}`;
  const [, operator] = /^__operators__\.(.+)$/.exec(written) ?? [];
  if (operator !== undefined) return `the operator ${clean(operator, 60)}`;
  return `tf.${clean(written.replace(/^compat\.v1\./, ''), 60)}`;
}
