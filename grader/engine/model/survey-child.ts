import { serve } from '../../process/serve.ts';
import type { SurveyJob } from './survey-model.ts';

const load = () => import('./survey-model.ts');

serve(async (job) => (await load()).surveyModel(job as SurveyJob), load);
