import type { Verdict } from './verdicts.ts';

/** One line of `--progress json`, as `progress-event.schema.json` has it; what an event lacks is left out. */
export interface ProgressEvent {
  readonly event:
    | ('begin' | 'stage' | 'setup' | 'prepare' | 'model' | 'finding' | 'seed')
    | ('step' | 'epoch' | 'validating' | 'predicting' | 'rate' | 'end' | 'message');
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly problem?: string;
  readonly submission?: string;
  readonly stage?: string;
  readonly text?: string;
  readonly epoch?: number;
  readonly epochs?: number;
  readonly seed?: number;
  readonly rate?: number;
  readonly layers?: number;
  readonly parameters?: number;
  readonly metrics?: Readonly<Record<string, number | null>>;
  /** Of what the event counts: steps, rows, bytes, seeds, rates. */
  readonly done?: number;
  readonly total?: number;
  readonly verdict?: Verdict;
  readonly points?: number | null;
}
