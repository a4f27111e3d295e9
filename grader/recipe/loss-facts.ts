import type { KerasObject } from '../contract.ts';
import { lossTable, type LossClass, type LossClassName } from './losses.ts';
import { storedOptions } from './stored-options.ts';

/** What a loss compares predictions with. Throws for a class that is none. */
export function targetsOf({ class_name: className }: KerasObject): LossClass['targets'] {
  return lossClass(className).targets;
}

/** Whether a model that is trained for this loss gives logits. Throws for a class that is none. */
export function givesLogits({ class_name: className, config }: KerasObject): boolean {
  return storedOptions(lossClass(className).options, config)['fromLogits'] === true;
}

/** Losses of a kind of targets, by their names in a recipe. */
export function lossCalls(targets: LossClass['targets']): readonly string[] {
  const all: readonly LossClass[] = Object.values(lossTable);
  return all.filter((each) => each.targets === targets).map(({ call }) => call);
}

export function isLoss(className: string): className is LossClassName {
  return Object.hasOwn(lossTable, className);
}

function lossClass(className: string): LossClass {
  if (!isLoss(className)) throw new Error(`Unknown loss: ${className}`);
  return lossTable[className];
}
