import type { KerasObject } from '../../contract.ts';
import type { Authoring, ClassTable, KerasClass } from '../keras-class.ts';
import { augmentationOptions } from '../augmentation.ts';
import { initializerTable } from '../initializers.ts';
import { lossTable } from '../losses.ts';
import type { OptionsOf } from '../option.ts';
import { optimizerTable, scheduleTable } from '../optimizers.ts';
import { regularizerForms } from '../regularizers.ts';
import { authoring, guarded, kerasObject, shorthand, takesOne } from './authoring.ts';
import { derived } from './mistakes.ts';
import { recordOptions } from './record.ts';

type WithRate<Table extends ClassTable> = {
  readonly [Name in keyof Table as Table[Name]['call']]: (
    options?: number | KerasObject | OptionsOf<Table[Name]['options']>,
  ) => KerasObject;
};

/** Optimizers and learning-rate schedules: `train.sgd({learningRate: 0.01, momentum: 0.9})`. */
export const train: WithRate<typeof optimizerTable> & Authoring<typeof scheduleTable, KerasObject> =
  guarded('train', { ...optimizers(), ...authoring('train', scheduleTable, kerasObject) });

/** Losses with options: `losses.huber({delta: 1})`. */
export const losses = authoring('losses', lossTable, kerasObject);

/** Start values of weights: `initializers.heNormal()`. */
export const initializers = authoring('initializers', initializerTable, kerasObject);

/** Penalties on weights: `regularizers.l2({l2: 0.001})`. */
export const regularizers = authoring('regularizers', regularizerForms, kerasObject);

declare const isAugmentation: unique symbol;

/** Options of `imageDataGenerator`, recorded. */
export interface ImageDataGenerator {
  readonly [isAugmentation]?: true;
}

/** Random changes to training images, with the names and meanings of Keras's ImageDataGenerator. */
export function imageDataGenerator(
  options: OptionsOf<typeof augmentationOptions> = {},
): ImageDataGenerator {
  recordOptions('imageDataGenerator', augmentationOptions, options);
  const made = Object.fromEntries(Object.entries(options));
  derived(made, options);
  return made;
}

function optimizers(): WithRate<typeof optimizerTable> {
  const table: Readonly<Record<string, KerasClass>> = optimizerTable;
  const functions = Object.entries(table).map(([className, { call, options }]) => [
    call,
    (given: unknown, ...more: readonly unknown[]) => {
      takesOne(`train.${call}`, more);
      const full = isSchedule(given) ? { learningRate: given } : shorthand(options, given);
      return kerasObject(className, recordOptions(`train.${call}`, options, full));
    },
  ]);
  return Object.fromEntries(functions) as WithRate<typeof optimizerTable>;
}

function isSchedule(given: unknown): boolean {
  return typeof given === 'object' && given !== null && 'class_name' in given;
}
