import type { Attack, AttackResult } from '../attacks/attack.ts';
import { makeCorpus } from '../attacks/corpus.ts';
import { GraderError, toFailure } from '../errors.ts';
import { findIsolation, type Isolation } from '../sandbox/isolation.ts';
import type { CliContext } from './context.ts';
import type { Screen } from './screen.ts';
import { sideBySide } from './side-by-side.ts';

const interrupted = 130;
const somethingIsOpen = 6;

export interface SelftestFlags {
  readonly attacks?: true;
  readonly only?: readonly string[];
  readonly jobs: number;
  readonly json?: true;
}

/** What became of one attack. */
interface Outcome extends AttackResult {
  readonly kind: Attack['kind'];
  readonly name: string;
  /** Open, where SECURITY.md says that without a jail it is. */
  readonly isKnown: boolean;
  readonly seconds: number;
}

export async function selftest(
  { only = [''], jobs, json }: SelftestFlags,
  context: CliContext,
): Promise<void> {
  const { screen, signal } = context;
  const isolation = await findIsolation();
  const corpus = makeCorpus();
  try {
    const attacks = corpus.attacks.filter((attack) =>
      only.some((text) => titleOf(attack).includes(text)),
    );
    if (attacks.length === 0) throw noSuchAttack(only);
    if (!json) printHead(isolation, attacks.length, screen);
    const outcomes: Outcome[] = [];
    await sideBySide(attacks, { jobs, signal }, async (attack) => {
      const outcome = await outcomeOf(attack, isolation);
      outcomes.push(outcome);
      if (!json) screen.print(lineOf(outcome, screen));
      screen.status(`${outcomes.length} of ${attacks.length}`);
    });
    screen.status('');
    if (json) screen.print(JSON.stringify(reportOf(outcomes, isolation), null, 2));
    else printSummary(outcomes, screen);
    if (signal.aborted) context.exit(interrupted);
    else context.exit(outcomes.some(isFailure) ? somethingIsOpen : 0);
  } finally {
    corpus.remove();
  }
}

function titleOf({ kind, name }: Pick<Attack, 'kind' | 'name'>): string {
  return `${kind}: ${name}`;
}

async function outcomeOf(attack: Attack, { level }: Isolation): Promise<Outcome> {
  const { kind, name, mayBeOpen = false } = attack;
  const started = performance.now();
  const verdict = await attack.run().catch((error: unknown): AttackResult => ({
    state: 'open',
    by: `it could not be tried: ${toFailure(error).message}`,
  }));
  const isKnown = verdict.state === 'open' && mayBeOpen && level !== 'jail';
  const seconds = (performance.now() - started) / 1000;
  return { kind, name, ...verdict, isKnown, seconds: Math.round(seconds * 10) / 10 };
}

/** A machine of a CI that cannot try something has not been tested. */
function isFailure({ state, isKnown }: Outcome): boolean {
  return (state === 'open' && !isKnown) || (state === 'skipped' && Boolean(process.env['CI']));
}

function printHead({ level, reason }: Isolation, count: number, screen: Screen): void {
  screen.print(`Isolation: ${level} (${reason})`);
  screen.print(`Node ${process.version}, ${who()}; ${count} attacks\n`);
}

function who(): string {
  const uid = process.getuid?.();
  if (uid === undefined) return 'user unknown';
  return uid === 0 ? 'root' : `user ${uid}`;
}

function lineOf(outcome: Outcome, screen: Screen): string {
  const { state, by, seconds, isKnown } = outcome;
  const colour = state === 'held' ? 'green' : isFailure(outcome) ? 'red' : 'yellow';
  const note = isKnown ? '; needs a jail' : '';
  const [first = ''] = by.split('\n');
  const title = titleOf(outcome).padEnd(42);
  return `${screen.style(colour, state.padEnd(7))} ${title} ${first}${note}, ${seconds.toFixed(1)} s`;
}

function printSummary(outcomes: readonly Outcome[], screen: Screen): void {
  const of = (state: Outcome['state']) => outcomes.filter((each) => each.state === state);
  const known = outcomes.filter(({ isKnown }) => isKnown);
  const failed = outcomes.filter(isFailure);
  screen.print(
    `\n${of('held').length} held, ${of('open').length} open, ${of('skipped').length} skipped, of ${outcomes.length}.`,
  );
  if (known.length > 0) {
    screen.print(
      `${known.length} are open without a jail, as SECURITY.md says; grader doctor tells how to get one.`,
    );
  }
  for (const each of failed) screen.print(`${each.state}, and should not be: ${titleOf(each)}`);
}

function reportOf(outcomes: readonly Outcome[], { level, reason }: Isolation): object {
  return {
    ...{ format: 'grader-selftest', version: 1, isolation: { level, reason } },
    ...{ node: process.version, user: who(), isHeld: !outcomes.some(isFailure), attacks: outcomes },
  };
}

function noSuchAttack(only: readonly string[]): GraderError {
  return new GraderError({
    fault: 'usage',
    code: 'no-such-attack',
    message: `No attack's kind and name hold "${only.join('" or "')}".`,
    help: 'Without --only all are run, and named.',
  });
}
