import type { ExplainJob } from '../contract.ts';
import { serve } from '../process/serve.ts';
import { explain } from './explain.ts';

// The job comes from `runExplain`, this program's only parent.
serve((job) => explain(job as ExplainJob));
