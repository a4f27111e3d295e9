import type { MetricId } from '../metrics/metric.ts';
import type { Count, NotNegative, Ordinal, Points, Sha256 } from './numbers.ts';
import type { ProblemDefinition } from './problem.ts';
import type { GradeReport, ReportedProfile } from './report.ts';
import type { Verdict } from './verdicts.ts';

/**
 * One entry of a sitting, version 1: canonical JSON (RFC 8785), a line each in `records.jsonl`. The first is the
 * opening; a closing ends it, and regrades with another closing may follow.
 * @discriminator kind
 */
export type SignedRecord = OpeningRecord | AttemptRecord | RegradeRecord | ClosingRecord;

/** A record before its signature. */
export type UnsignedRecord =
  | Omit<OpeningRecord, keyof Signature>
  | Omit<AttemptRecord, keyof Signature>
  | Omit<RegradeRecord, keyof Signature>
  | Omit<ClosingRecord, keyof Signature>;

export interface OpeningRecord extends Entry {
  readonly kind: 'opening';
  readonly body: OpeningBody;
}

export interface AttemptRecord extends Entry {
  readonly kind: 'attempt';
  readonly body: AttemptBody;
}

export interface RegradeRecord extends Entry {
  readonly kind: 'regrade';
  readonly body: RegradeBody;
}

export interface ClosingRecord extends Entry {
  readonly kind: 'closing';
  readonly body: ClosingBody;
}

interface Entry extends Signature {
  readonly format: 'grader-record';
  readonly version: 1;
  readonly sequence: Count;
  /** Of the canonical JSON of the record before, its signature included; null for the first. */
  readonly previous: Sha256 | null;
  readonly at: Instant;
}

/** Who signed something, and the signature of all the rest. */
export interface Signature {
  /** SHA-256 of the public key's SPKI in DER. */
  readonly key: Sha256;
  /**
   * Ed25519 (RFC 8032) over the canonical JSON of all but itself, in base64url.
   * @pattern ^[A-Za-z0-9_-]{86}$
   */
  readonly signature: string;
}

/**
 * ISO 8601, UTC.
 * @pattern ^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$
 */
export type Instant = string;

/** Files by their paths, with `/`, from the folder that is spoken of. */
export type FileHashes = Readonly<Record<string, Sha256>>;

/** Who may have met the held-out rows. */
type Secrecy = 'public' | 're-split' | 'private';

/** What a sitting began with. */
export interface OpeningBody {
  readonly exam: { readonly id: string; readonly title: string; readonly sha256: Sha256 };
  readonly candidate: { readonly name: string; readonly identity: Identity };
  readonly problems: readonly RecordedProblem[];
  /**
   * Of 100.
   * @minimum 0
   * @maximum 100
   */
  readonly passMark: number;
  /** Null where there is no limit. */
  readonly timeLimitSeconds: NotNegative | null;
  /** Of each problem; null where any number may be. */
  readonly attempts: { readonly allowed: Ordinal | null; readonly counts: 'best' | 'last' };
  readonly profile: ReportedProfile['id'];
  /** The version of the grader. */
  readonly grader: string;
}

/**
 * How it is known who sat.
 * @discriminator checked
 */
export type Identity =
  { readonly checked: 'self-declared' } | { readonly checked: 'supervised'; readonly by: string };

/** A problem of an exam, as its package was. */
export interface RecordedProblem {
  readonly id: ProblemDefinition['id'];
  readonly title: string;
  readonly package: RecordedPackage;
  /** Beside those of the others. */
  readonly weight: NotNegative;
  readonly secrecy: Secrecy;
}

export interface RecordedPackage {
  readonly version: Ordinal;
  readonly sha256: Sha256;
}

/** What a submission was given. */
export interface RecordedOutcome {
  readonly verdict: Verdict;
  /** Null where it was not judged. */
  readonly points: Points | null;
  readonly metric: MetricId;
  /** Of the metric; both null where nothing was scored. */
  readonly value: number | null;
  readonly standardError: NotNegative | null;
  /** Of the held-out rows as far as this submission goes: weights may have met any public row. */
  readonly secrecy: Secrecy;
  readonly isolation: GradeReport['environment']['isolation'];
  /** The version of the grader. */
  readonly grader: string;
  /** The result folder, from that of the sitting, and all files in it. */
  readonly folder: string;
  readonly files: FileHashes;
}

/** One graded submission. */
export interface AttemptBody extends RecordedOutcome {
  readonly problem: ProblemDefinition['id'];
  readonly package: RecordedPackage;
  /** Of those at this problem. */
  readonly attempt: Ordinal;
  readonly profile: ReportedProfile['id'];
  readonly countsAsAttempt: boolean;
  /** Of the file; null where it could not be read. */
  readonly submission: Sha256 | null;
  /** What was there when time was over, not handed in by the candidate. */
  readonly atTimeOver: boolean;
}

/** An attempt graded again, after its problem's package had changed. */
export interface RegradeBody extends RecordedOutcome {
  /** The sequence of its record. */
  readonly attempt: Count;
  readonly before: RecordedPackage;
  readonly after: RecordedPackage;
}

/** What came of a sitting. */
export interface ClosingBody {
  /** How many records come before this one. */
  readonly records: Count;
  /** Of the last of them, as in `previous`. */
  readonly last: Sha256;
  /** In the order of the opening. */
  readonly results: readonly ProblemResult[];
  /**
   * Of 100.
   * @minimum 0
   * @maximum 100
   */
  readonly total: number;
  readonly passed: boolean;
  readonly reason: 'finished' | 'time-over' | 'regraded';
  /** Of the wall clock against the machine's own, by more than is usual. */
  readonly clockJumps: readonly { readonly at: Instant; readonly seconds: number }[];
  /** In the sitting's folder: the exam's file and the final report. */
  readonly files: FileHashes;
}

export interface ProblemResult {
  readonly problem: ProblemDefinition['id'];
  readonly points: Points;
  /** How many were graded that count. */
  readonly attempts: Count;
  /** The sequence of the attempt or regrade whose points these are; null where there was none. */
  readonly from: Count | null;
}

/** What the QR code of a certificate says, so that one on paper can be checked as well. */
export interface ResultStatement extends Signature {
  readonly format: 'grader-statement';
  readonly version: 1;
  readonly kind: 'practice-record' | 'certificate';
  readonly name: string;
  readonly exam: string;
  readonly total: number;
  readonly passed: boolean;
  readonly at: Instant;
  /** Of the closing record. */
  readonly closing: Sha256;
}

/** What does not fit in signed records or in the files beside them. */
export interface Discrepancy {
  /** Stable, kebab-case, for machines. */
  readonly code: DiscrepancyCode;
  /** Of the record that it is about; null where it is about none. */
  readonly sequence: Count | null;
  /** In words: which attempt, what was expected, what came. */
  readonly message: string;
}

export type DiscrepancyCode =
  | ('unreadable' | 'not-canonical' | 'other-key' | 'signature' | 'missing-record' | 'out-of-order')
  | ('chain' | 'misplaced' | 'not-closed' | 'closing')
  | ('file-changed' | 'file-missing' | 'file-added' | 'no-file')
  | ('page-changed' | 'other-records');
