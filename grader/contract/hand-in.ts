/** Who handed something in, as the names in a folder and a roster tell. */
export interface Candidate {
  /** Tells the candidates of one check apart. */
  readonly key: string;
  /** As people read it; a pseudonym where names are hidden. */
  readonly name: string;
  /** The platform's own number: Moodle's of a participant, Canvas's of a user; null where nothing tells it. */
  readonly platformId: string | null;
  readonly email: string | null;
  /** Moodle's ID number, Canvas's SIS user ID. */
  readonly idNumber: string | null;
  /** Moodle's username, Canvas's SIS login ID. */
  readonly login: string | null;
}

/** How a submission came. */
export interface HandIn {
  /** Null where nothing tells whose it is. */
  readonly candidate: Candidate | null;
  /** When, in ISO 8601; null where nothing tells. */
  readonly at: string | null;
  /** Null without a deadline, or where it is not known when it came. */
  readonly isLate: boolean | null;
}

/** Those who were to hand in, in the table as it was read, for programs that want it back filled in. */
export interface Roster {
  /** Canvas's gradebook, Moodle's grading worksheet, or any other list. */
  readonly kind: 'canvas' | 'moodle' | 'list';
  readonly header: readonly string[];
  readonly rows: readonly RosterRow[];
  readonly delimiter: ',' | ';' | '\t';
}

export interface RosterRow {
  readonly cells: readonly string[];
  /** Null for what is nobody: Canvas's row of possible points, its test student. */
  readonly candidate: Candidate | null;
}
