import type { Screen } from './screen.ts';

export interface CliContext {
  readonly screen: Screen;
  /** Fires at the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** Fires at the second one, or when an orderly end takes too long: everything is killed. */
  readonly kill: AbortSignal;
  exit(code: number): void;
}
