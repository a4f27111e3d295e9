export interface Verdict {
  readonly state: 'held' | 'open' | 'skipped';
  /** What held it; what got through; why it was not tried. */
  readonly by: string;
}

export type AttackKind = 'recipe' | 'process' | 'grader' | 'file' | 'data' | 'text';

/** Something that a stranger might try, done for real on this machine. */
export interface Attack {
  readonly kind: AttackKind;
  readonly name: string;
  /** Where there is no jail; SECURITY.md names it. */
  readonly mayBeOpen?: boolean;
  run(): Promise<Verdict>;
}

export function held(by: string): Verdict {
  return { state: 'held', by };
}

export function open(by: string): Verdict {
  return { state: 'open', by };
}

export function skipped(by: string): Verdict {
  return { state: 'skipped', by };
}
