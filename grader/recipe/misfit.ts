import { GraderError } from '../errors.ts';
import type { Mistake } from './mistake.ts';

/** What keeps a sound recipe or model from a problem. */
export interface Misfit {
  readonly code: string;
  readonly message: string;
  readonly help?: string;
  /** Of the recipe's document: `/compile/loss`; empty where it has no one place. */
  readonly path: string;
}

/** All that keeps a submission from a problem; its code is that of the first. */
export class DoesNotFit extends GraderError {
  readonly mistakes: readonly Mistake[];

  constructor(misfits: readonly [Misfit, ...Misfit[]]) {
    const helps = misfits.flatMap(({ help }) => help ?? []);
    super({
      ...{ fault: 'candidate', code: misfits[0].code },
      message: misfits.map(({ message }) => message).join('\n'),
      ...(helps.length > 0 && { help: helps.join('\n') }),
    });
    this.mistakes = misfits.map(mistakeOfMisfit);
  }
}

/** Throws `DoesNotFit` where there is anything that does not fit. */
export function throwMisfits([first, ...others]: readonly Misfit[]): void {
  if (first) throw new DoesNotFit([first, ...others]);
}

/** A misfit as one of a recipe's mistakes. */
export function mistakeOfMisfit({ path, message, help }: Misfit): Mistake {
  const told = help === undefined ? message : `${message} ${help}`;
  return { path, on: 'value', rule: 'meaning', message: told, own: told };
}
