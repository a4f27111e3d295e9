import { randomUUID } from 'node:crypto';
import { builtProgram } from '../process/built-program.ts';
import { describeEnding, GraderError, ProcessDied } from '../errors.ts';
import { readerLimits } from '../keras/limits.ts';
import { startChild } from '../process/start-child.ts';
import { held, open, type Attack, type AttackResult } from './attack.ts';
import type { TryAnswer, TryJob } from './child.ts';
import { confinementOf, holdNames, type HoldName } from './holds.ts';
import { withHost, type Host } from './host.ts';
import { isOpenWithoutJail } from './open-without-jail.ts';
import { areGone } from '../process/find-processes.ts';
import { phraseOf } from './phrases.ts';
import type { Secrets } from './secrets.ts';
import { floodTries } from './tries/floods.ts';
import { control, tries } from './tries/index.ts';

export interface Surroundings {
  readonly secrets: Secrets;
  /** For what the tries need; short, since the name of a socket must be. */
  readonly folder: string;
}

/** Every try in every kind of child. */
export function processAttacks(surroundings: Surroundings): readonly Attack[] {
  return holdNames.flatMap((hold) =>
    Object.keys(tries).map((row) => ({
      kind: 'process' as const,
      name: `${hold}-${row}`,
      mayBeOpen: isOpenWithoutJail(hold, row),
      run: () =>
        withHost(surroundings.secrets, surroundings.folder, (host) =>
          attempt({ ...surroundings, hold, row, host }),
        ),
    })),
  );
}

interface Attempt extends Surroundings {
  readonly hold: HoldName;
  readonly row: string;
  readonly host: Host;
}

const endlessSeconds = 3;
const patienceSeconds = 20;
const mebibyte = 2 ** 20;
/** What a grading gives a child for its work, watched from outside. */
const watchedBytes: Partial<Record<HoldName, number>> = {
  reader: readerLimits.memoryBytes,
  trainer: 1024 * mebibyte,
};

async function attempt(asked: Attempt): Promise<AttackResult> {
  const { row, host } = asked;
  const marker = `attack-${randomUUID()}`;
  const said = await judge(asked, marker);
  const harm = host.harm();
  if (harm !== null) return open(harm);
  if (!(await areGone(marker, 5))) return open('a process is left');
  if (row !== control) return said;
  return said.state === 'open' ? held(`nothing, as it should: ${said.by}`) : open(said.by);
}

async function judge({ hold, row, host, folder }: Attempt, marker: string): Promise<AttackResult> {
  const confinement = await confinementOf(hold, folder);
  const child = startChild<TryJob, unknown, TryAnswer>({
    program: builtProgram('attacks/child'),
    args: [marker],
    confinement,
  });
  const writable = writableOf(hold, folder);
  const seconds = endless.has(row) ? endlessSeconds : patienceSeconds;
  try {
    const { worked, said } = await child.run(
      { name: row, target: { ...host.target, writable } },
      { signal: AbortSignal.timeout(seconds * 1000), memoryBytes: watchedBytes[hold] },
    );
    return worked ? open(said) : held(phraseOf(said));
  } catch (error) {
    return mayDie.has(row) ? held(endingOf(error)) : open(`no answer: ${endingOf(error)}`);
  } finally {
    child.end();
  }
}

const endless = new Set(['spin', 'spin-deaf', 'sleep', 'message-no-json']);
/** Those that may be ended instead of being refused. */
const mayDie = new Set([
  ...Object.keys(floodTries),
  ...['thread-bomb', 'fork-bomb', 'big-file', 'fill-temporary', 'engine-flags'],
]);

function endingOf(error: unknown): string {
  if (error instanceof ProcessDied) {
    const { signal, exitCode } = error;
    const how = describeEnding({
      ...(signal === null ? {} : { signal }),
      ...(exitCode === null ? {} : { exitCode }),
    });
    return `it ended without a result: ${how ?? error.failure.message}`;
  }
  if (!(error instanceof GraderError)) return String(error);
  const { code, message } = error.failure;
  if (code === 'interrupted') return 'killed when its time was over';
  return code === 'memory' ? 'killed for its memory' : message;
}

function writableOf(hold: HoldName, folder: string): string | null {
  return hold === 'recipe' ? null : `${folder}/${hold}-out`;
}
