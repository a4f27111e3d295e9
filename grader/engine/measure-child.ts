import { serve } from '../process/serve.ts';
import { measureModel, type MeasureJob } from './measure-model.ts';

serve((job) => measureModel(job as MeasureJob));
