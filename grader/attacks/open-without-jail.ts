import type { HoldName } from './holds.ts';

interface OpenRow {
  /** In which children it works. */
  readonly of: readonly HoldName[];
  /** What an attacker has of it, as SECURITY.md says it. */
  readonly gives: string;
  /** Only where the grader itself is run by root. */
  readonly asRoot?: true;
}

const all: readonly HoldName[] = ['recipe', 'reader', 'trainer'];

/**
 * What code that got out of the interpreter, or out of a reader or a trainer, can do where there is no
 * jail. SECURITY.md has each row by its name, and a test compares both with what comes of the attacks.
 */
export const openWithoutJail: Readonly<Record<string, OpenRow>> = {
  'connect-loopback': { of: all, gives: 'talk to servers by TCP' },
  'connect-socket-file': { of: all, gives: 'talk to servers by Unix sockets' },
  'connect-abstract-socket': { of: all, gives: 'talk to servers by abstract Unix sockets' },
  'fetch-loopback': { of: all, gives: 'talk to servers by HTTP' },
  'listen-loopback': { of: all, gives: 'be a server' },
  'send-datagram': { of: all, gives: 'send UDP' },
  'signal-process': { of: all, gives: 'tell whether a process is there' },
  'stop-process': { of: all, gives: 'stop processes of the same user' },
  'kill-process': { of: all, gives: 'kill processes of the same user' },
  'debug-process': { of: all, gives: 'send SIGUSR1 to processes of the same user' },
  'signal-everybody': { of: all, gives: 'signal all processes of the same user' },
  'become-root': { of: all, gives: 'be root', asRoot: true },
  'fill-temporary': { of: ['trainer'], gives: 'write files without bounds to its own folder' },
};

export function isOpenWithoutJail(hold: HoldName, row: string): boolean {
  const found = Object.hasOwn(openWithoutJail, row) ? openWithoutJail[row] : undefined;
  if (found === undefined) return false;
  return found.of.includes(hold) && (found.asRoot !== true || process.getuid?.() === 0);
}
