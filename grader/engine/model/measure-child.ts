import { serve } from '../../process/serve.ts';
import type { MeasureJob } from './measure-model.ts';

const load = () => import('./measure-model.ts');

serve(async (job) => (await load()).measureModel(job as MeasureJob), load);
