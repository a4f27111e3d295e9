import type { Integer, Ordinal, Sha256 } from './numbers.ts';

/** An exam, version 1: what `grader exam new` writes and people edit. */
export interface Exam {
  readonly format: 'grader-exam';
  readonly version: 1;
  /** @pattern ^[a-z0-9][a-z0-9-]{0,63}$ */
  readonly id: string;
  /**
   * @minLength 1
   * @maxLength 200
   */
  readonly title: string;
  /**
   * @minItems 1
   * @maxItems 50
   */
  readonly problems: readonly ExamProblem[];
  /**
   * Of 100.
   * @minimum 0
   * @maximum 100
   */
  readonly passMark: number;
  /**
   * Null where there is no limit.
   * @exclusiveMinimum 0
   * @maximum 100000
   */
  readonly minutes: number | null;
  /** `allowed` is of each problem, null where any number may be. */
  readonly attempts: { readonly allowed: Ordinal | null; readonly counts: 'best' | 'last' };
  /** When points are told. */
  readonly results: 'at-once' | 'at-end';
  /** Of every grading; null takes that of each recipe. */
  readonly seed: Integer | null;
  readonly profile: 'strict' | 'exam';
  /**
   * Who watches over the candidates; without it nobody does.
   * @minLength 1
   * @maxLength 200
   */
  readonly supervisedBy?: string;
  /** Who gives badges for it. */
  readonly issuer?: {
    /** @pattern ^https://\S+$ */
    readonly url: string;
    /**
     * @minLength 1
     * @maxLength 200
     */
    readonly name: string;
  };
}

export interface ExamProblem {
  /** @pattern ^[a-z0-9][a-z0-9-]{0,63}$ */
  readonly id: string;
  /**
   * All weights add up to 100.
   * @exclusiveMinimum 0
   * @maximum 100
   */
  readonly weight: number;
  /** Of data that are public unless they are split anew. */
  readonly split?: { readonly seedHash: Sha256 };
}
