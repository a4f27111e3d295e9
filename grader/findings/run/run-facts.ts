import type {
  DataParts,
  GradeReport,
  Probes,
  ReportedTraining,
  ScoreResult,
} from '../../contract.ts';

/** What a rule looks at once the score is fixed. */
export interface RunFacts extends Pick<GradeReport, 'recipe'> {
  readonly problem: Pick<GradeReport['problem'], 'task' | 'metric' | 'classes'>;
  /** Null where a model was graded as it came. */
  readonly training: Pick<
    ReportedTraining,
    'model' | 'history' | 'stoppedBy' | 'gradedEpoch' | 'insides'
  > | null;
  readonly score: ScoreResult;
  readonly probes: Probes | undefined;
  /** Undefined in older reports. */
  readonly parts: DataParts | null | undefined;
}
