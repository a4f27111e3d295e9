import type { TrainJob } from '../contract.ts';
import { serve } from '../process/serve.ts';
import { train } from './train.ts';

serve((job, report, stop) => train(job as TrainJob, { report, stop }));
