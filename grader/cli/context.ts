import type { Screen } from './screen.ts';

export interface CliContext {
  readonly screen: Screen;
  /** Fires at the first Ctrl-C, and when SIGTERM or SIGHUP comes. */
  readonly signal: AbortSignal;
  /** Fires at the second Ctrl-C, with SIGTERM and SIGHUP, or when an orderly end takes too long: everything is killed. */
  readonly kill: AbortSignal;
  exit(code: number): void;
}
