import { builtProgram } from '../../process/built-program.ts';
import { startChild, type StartedChild } from '../../process/start-child.ts';
import type { ModelSurvey, SurveyJob } from './survey-model.ts';

/** Starts a process that surveys one model. `run` throws what `surveyModel` throws. */
export function startSurveyor(): StartedChild<SurveyJob, never, ModelSurvey> {
  return startChild({ program: builtProgram('engine/model/survey-child') });
}
