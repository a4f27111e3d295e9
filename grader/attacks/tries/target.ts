/** What there is to reach, as the child is told. */
export interface Target {
  /** Files that it must not read. */
  readonly heldOut: string;
  readonly submission: string;
  /** A listener on 127.0.0.1, and two on Unix sockets. */
  readonly port: number;
  readonly socketFile: string;
  readonly abstractSocket: string;
  /** A process that was started to be attacked. */
  readonly victim: number;
  /** Of the grader's program, readable inside. */
  readonly program: string;
  /** Where the child may write; null for a recipe's. */
  readonly writable: string | null;
}

/** Does what it is named after and says what it got, or throws what stopped it. */
type Try = (target: Target) => string | Promise<string>;

export type Tries = Readonly<Record<string, Try>>;

/** For a try that ends in nothing, neither in success nor in an error. */
export class NoEffect extends Error {}

/** For tries that reach for nothing. */
export const noTarget: Target = {
  ...{ heldOut: '', submission: '', port: 0, socketFile: '', abstractSocket: '' },
  ...{ victim: 0, program: '', writable: null },
};
