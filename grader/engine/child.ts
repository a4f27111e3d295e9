import { serve } from '../process/serve.ts';
import type { EngineJob } from './start.ts';

const loadTraining = () => import('./train.ts');

serve(
  async (given, report, stop) => {
    const work = given as EngineJob;
    if (work.kind === 'train') return (await loadTraining()).train(work.job, { report, stop });
    return (await import('./evaluate.ts')).evaluate(work.job, report, stop);
  },
  async () => {
    const [{ loadTensorFlow }] = await Promise.all([
      import('./tensorflow/native.ts'),
      loadTraining(),
    ]);
    const addon = process.argv[2];
    if (addon !== undefined) loadTensorFlow({ addon });
  },
);
