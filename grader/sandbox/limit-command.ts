import type { Hold } from './hold.ts';
import type { Isolation } from './isolation.ts';

const openFiles = 256;
const stackBytes = 8 * 2 ** 20;
/** A process that is told by SIGXCPU to end is killed so much later. */
const graceSeconds = 2;

/**
 * The programs around a child that end and bound it whatever becomes of the grader: the child dies
 * with its grader (`setpriv`), after a time by the wall (`timeout`: a Node that is blocked in native
 * code hears no timer), and by the kernel's limits (`prlimit`). Those that this machine lacks are
 * left out.
 */
export function limitCommand(hold: Hold, { tools }: Pick<Isolation, 'tools'>): readonly string[] {
  const { setpriv, timeout, prlimit } = tools;
  const onParentsDeath = (signal: string) =>
    setpriv ? [setpriv, '--pdeathsig', signal, '--'] : [];
  const clock = timeout
    ? [timeout, '-k', '0.5', '-s', 'KILL', `${Math.ceil(hold.wallSeconds)}`]
    : [];
  return [
    // The clock passes it on to all of its group, a bubblewrap that is not ready yet as well, and kills
    // what is left half a second later.
    ...onParentsDeath(timeout ? 'TERM' : 'KILL'),
    ...clock,
    // The clock's own child must not outlive the clock either.
    ...(timeout ? onParentsDeath('KILL') : []),
    ...(prlimit ? [prlimit, ...limitsOf(hold), '--'] : []),
  ];
}

/**
 * Address space is no measure: Node reserves gigabytes for WebAssembly. The number of processes is
 * none either: it counts all of the user's.
 */
function limitsOf({ dataBytes, fileBytes, cpuSeconds }: Hold): string[] {
  const cpu = Math.ceil(cpuSeconds);
  return [
    ...(Number.isFinite(dataBytes) ? [`--data=${Math.ceil(dataBytes)}`] : []),
    `--fsize=${Math.ceil(fileBytes)}`,
    `--cpu=${cpu}:${cpu + graceSeconds}`,
    `--nofile=${openFiles}`,
    '--core=0',
    `--stack=${stackBytes}`,
  ];
}
