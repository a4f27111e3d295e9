import type { Optimizer } from '../../train/optimizer.ts';
import type { AttributeValue } from '../program/attributes.ts';

/** An argument of a fused op: a slot, the gradient, a coefficient of the step, a fixed number. */
type FusedArgument =
  | { readonly slot: string }
  | 'gradient'
  | { readonly coefficient: string }
  | { readonly number: number };

/** TensorFlow's op that updates a variable and its slots in place. */
interface FusedUpdate {
  readonly op: string;
  readonly arguments: readonly FusedArgument[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

/**
 * The op that does exactly what Keras's rule does, or null where TensorFlow has none: its Adagrad
 * adds epsilon outside the root, and Nadam does not exist. The coefficient `rate` already holds the
 * bias corrections, so the ops' own powers of beta are given as 0.
 */
export function fusedUpdate({ name, config }: Optimizer): FusedUpdate | null {
  const fixed = (key: string): FusedArgument => ({ number: Number(config[key] ?? 0) });
  const rate: FusedArgument = { coefficient: 'rate' };
  const none: FusedArgument = { number: 0 };
  switch (name) {
    case 'SGD':
      if (!config['momentum']) return update('ResourceApplyGradientDescent', [rate, 'gradient']);
      return update(
        'ResourceApplyKerasMomentum',
        [{ slot: 'momentum' }, rate, 'gradient', fixed('momentum')],
        { use_nesterov: { bool: config['nesterov'] === true } },
      );
    case 'Adam':
    case 'AdamW': {
      const slots = config['amsgrad'] ? ['m', 'v', 'vhat'] : ['m', 'v'];
      const op = config['amsgrad'] ? 'ResourceApplyAdamWithAmsgrad' : 'ResourceApplyAdam';
      const betas = [fixed('beta_1'), fixed('beta_2'), fixed('epsilon')];
      return update(op, [...slotsOf(slots), none, none, rate, ...betas, 'gradient']);
    }
    case 'Adamax': {
      const betas = [fixed('beta_1'), fixed('beta_2'), fixed('epsilon')];
      return update('ResourceApplyAdaMax', [
        ...slotsOf(['m', 'u']),
        ...[none, rate, ...betas, 'gradient'],
      ] as FusedArgument[]);
    }
    // The op keeps a momentum slot even where the momentum is 0.
    case 'RMSprop': {
      if (config['centered']) return null;
      const numbers = [rate, fixed('rho'), fixed('momentum'), fixed('epsilon')];
      const slots = slotsOf(['velocity', 'momentum']);
      return update('ResourceApplyRMSProp', [...slots, ...numbers, 'gradient']);
    }
    default:
      return null;
  }
}

/** First values of the slots of each variable, those that only the fused op keeps among them. */
export function slotStarts(optimizer: Optimizer): Readonly<Record<string, number>> {
  const fused = fusedUpdate(optimizer)?.arguments ?? [];
  const extra = fused.flatMap((argument) =>
    typeof argument === 'object' && 'slot' in argument ? [[argument.slot, 0] as const] : [],
  );
  return { ...Object.fromEntries(extra), ...optimizer.slots() };
}

function slotsOf(names: readonly string[]): FusedArgument[] {
  return names.map((slot) => ({ slot }));
}

function update(
  op: string,
  given: readonly FusedArgument[],
  attributes: FusedUpdate['attributes'] = {},
): FusedUpdate {
  return {
    op,
    arguments: given,
    attributes: { ...attributes, T: { type: 'float32' }, use_locking: { bool: false } },
  };
}
