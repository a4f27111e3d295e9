import { serve } from '../process/serve.ts';
import type { EngineJob } from './start.ts';

const loadTraining = () => import('./train.ts');

serve(
  async (given, onProgress, stop) => {
    const work = given as EngineJob;
    if (work.kind === 'train') return (await loadTraining()).train(work.job, { onProgress, stop });
    return (await import('./evaluate.ts')).evaluate(work.job, onProgress, stop);
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
