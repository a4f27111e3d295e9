import type { ScoreJob } from '../contract.ts';
import { serve } from '../process/serve.ts';
import { score } from './score.ts';

// The job comes from `runScore`, this program's only parent.
serve((job) => score(job as ScoreJob));
