import { findClass, isKerasObject, isObject } from '../../../recipe/keras-class.ts';
import { isOptimizer, optimizerTable, scheduleTable } from '../../../recipe/optimizers.ts';
import { isNumberOrNull, isText, isTextOrNull, type HarmlessKeys } from '../fields.ts';
import { knownOptions, noteAround, plainClass } from './known-options.ts';

type Plain = Readonly<Record<string, unknown>>;

/** Read elsewhere, of use to averages of weights only, or about how Keras runs. */
const others: HarmlessKeys = {
  ...{ lr: (value) => value !== null, decay: isNumberOrNull, loss_scale_factor: isNumberOrNull },
  ...{ ema_momentum: isNumberOrNull, ema_overwrite_frequency: isNumberOrNull },
  ...{ name: isText, jit_compile: [true, false], is_legacy_optimizer: [true, false] },
};

/** An optimizer as a recipe has it. */
export function convertOptimizer(saved: unknown, notes: string[]): unknown {
  if (!isKerasObject(saved) || !isObject(saved.config)) return saved;
  const { class_name: name, config } = saved;
  noteAround('optimizer', { ...saved }, notes);
  const inner = config['inner_optimizer'];
  if (plainClass(name) === 'LossScaleOptimizer' && inner !== undefined) {
    notes.push('LossScaleOptimizer has no effect on 32-bit numbers: its inner optimizer is taken.');
    return convertOptimizer(inner, notes);
  }
  const className = findClass(optimizerTable, plainClass(name));
  if (className === undefined || !isOptimizer(className)) return { class_name: name, config: {} };
  if (typeof config['loss_scale_factor'] === 'number') {
    notes.push('loss_scale_factor of the optimizer has no effect on 32-bit numbers.');
  }
  const { options } = optimizerTable[className];
  const read = knownOptions({ what: 'optimizer', table: options, config, others }, notes);
  const rate = learningRate(config, notes);
  return {
    class_name: className,
    config: {
      ...Object.fromEntries(Object.entries(read).filter(([key, value]) => !isOff(key, value))),
      ...(className === 'AdamW' && config['weight_decay'] === false ? { weight_decay: 0 } : {}),
      ...(rate === undefined ? {} : { learning_rate: rate }),
    },
  };
}

/** Keras 2 writes false or 0 where there is no clipping, and false where no weight decays. */
function isOff(key: string, value: unknown): boolean {
  const isLimit = key === 'weight_decay' || key.includes('clip');
  return isLimit && (value === false || (value === 0 && key !== 'weight_decay'));
}

/** Keras 2's `decay` divides the rate by 1 + decay * step. */
function learningRate(config: Plain, notes: string[]): unknown {
  const rate = config['learning_rate'] ?? config['lr'];
  const { decay } = config;
  if (typeof rate === 'number' && typeof decay === 'number' && decay > 0) {
    const schedule = { initial_learning_rate: rate, decay_steps: 1, decay_rate: decay };
    return { class_name: 'InverseTimeDecay', config: schedule };
  }
  if (!isKerasObject(rate) || !isObject(rate.config)) return rate;
  noteAround('schedule', { ...rate }, notes);
  const className = findClass(scheduleTable, rate.class_name) ?? rate.class_name;
  const entries = Object.entries(rate.config).filter(
    ([key, value]) => key !== 'name' || !isTextOrNull(value),
  );
  return { class_name: className, config: Object.fromEntries(entries) };
}
