import type { Refusals } from './refusal.ts';

/** What each kind of container is opened with. */
export interface OpenSetting {
  readonly refusals: Refusals;
  readonly scratch: string;
  readonly onProgress: () => void;
}
