import type { TrainJob } from '../contract.ts';
import { serve } from '../process/serve.ts';

const load = () => import('./train.ts');

serve(
  async (job, report, stop) => (await load()).train(job as TrainJob, { report, stop }),
  async () => {
    const [{ loadTensorFlow }] = await Promise.all([import('./native.ts'), load()]);
    const addon = process.argv[2];
    if (addon !== undefined) loadTensorFlow({ addon });
  },
);
