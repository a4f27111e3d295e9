import type { Confinement } from '../process/confinement.ts';
import { jailCommand, scratchFolder } from './bubblewrap.ts';
import { limitCommand } from './limit-command.ts';
import type { Isolation } from './isolation.ts';
import { ownFiles, packageFolders, permissionFlags, processFlags } from './node-flags.ts';
import { seccompFilter } from './seccomp.ts';

/** What a child that meets a stranger's bytes may use and see; all else is not there. */
export interface Hold {
  /** The installed packages that its program loads. */
  readonly packages: readonly string[];
  /** Files and folders that it reads, by their own paths. */
  readonly read: readonly string[];
  /** Links that it sees as such, whatever they lead to. */
  readonly links?: readonly string[];
  /** Folders that it writes in. */
  readonly write?: readonly string[];
  readonly heapBytes: number;
  /** Private writable memory, beyond which it gets none. */
  readonly dataBytes: number;
  /** Of one file that it writes. */
  readonly fileBytes: number;
  /** Time on processors, and on the wall: the end of a child whose grader is stopped. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** It loads TensorFlow; with what it needs of the system for that. */
  readonly native?: NativeNeeds;
  /** V8's flags, which cannot be changed once it runs. */
  readonly engineFlags?: readonly string[];
}

export interface NativeNeeds {
  readonly mayUseGpu: boolean;
  /** Memory for temporary files. */
  readonly temporaryBytes: number;
}

/** A child's surroundings: a jail where this machine has one, else what Node and the system offer. */
export function confine(isolation: Isolation, hold: Hold): Confinement {
  const native = hold.native !== undefined;
  const base = [
    ...processFlags(hold.heapBytes, { addons: native }),
    ...(hold.engineFlags ?? []),
    '--freeze-flags-after-init',
  ];
  const program = [...new Set([...ownFiles(), ...hold.packages.flatMap(packageFolders)])];
  const limits = limitCommand(hold, isolation);
  if (isolation.level === 'jail') {
    const environment = { ...hold.environment, ...(native ? { TMPDIR: scratchFolder } : {}) };
    const filter = seccompFilter();
    return {
      before: [
        ...limits,
        ...jailCommand({ ...hold, environment, program, hasFilter: filter !== null, isolation }),
      ],
      node: process.execPath,
      nodeFlags: base,
      environment: {},
      filter,
    };
  }
  const [write = []] = [hold.write];
  return {
    before: limits,
    node: process.execPath,
    nodeFlags: [
      ...base,
      ...permissionFlags({
        read: [...program, ...hold.read, ...(hold.links ?? []), ...write],
        write,
        native,
      }),
    ],
    environment: {
      ...hold.environment,
      ...(native && write[0] !== undefined ? { TMPDIR: write[0] } : {}),
    },
    filter: null,
  };
}
