import type { Screen } from './screen.ts';

export interface CliContext {
  readonly screen: Screen;
  readonly signal: AbortSignal;
  exit(code: number): void;
}
