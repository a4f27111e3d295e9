export interface AttackResult {
  readonly state: 'held' | 'open' | 'skipped';
  /** What held it; what got through; why it was not tried. */
  readonly by: string;
}

type AttackKind = 'recipe' | 'process' | 'grader' | 'file' | 'data' | 'text';

/** Something that a stranger might try, done for real on this machine. */
export interface Attack {
  readonly kind: AttackKind;
  readonly name: string;
  /** Where there is no jail; SECURITY.md names it. */
  readonly mayBeOpen?: boolean;
  run(): Promise<AttackResult>;
}

export function held(by: string): AttackResult {
  return { state: 'held', by };
}

export function open(by: string): AttackResult {
  return { state: 'open', by };
}
