import type { Argument } from '../references.ts';
import type { Settings } from './settings.ts';

/** A layer in the place of an operation, or of a part of one. */
export interface Step {
  readonly className: string;
  readonly config: Record<string, unknown>;
}

/** What is done instead: with each tensor by itself first, then with all of them, then with the result. */
export interface Steps {
  readonly each?: readonly Step[];
  readonly then: readonly Step[];
}

/** An operation as a file has it. */
export interface OperationCall {
  /** Tensors and constants in the order in which Python has them. */
  readonly operands: readonly Argument[];
  readonly settings: Settings;
}

/** The layers in the place of an operation. Throws an `UnknownSetting`; null where there are none. */
export type Operation = (call: OperationCall) => Steps | null;

export function one(className: string, config: Record<string, unknown> = {}): Steps {
  return { then: [{ className, config }] };
}
