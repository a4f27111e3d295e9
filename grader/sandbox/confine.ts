import type { Confinement } from '../process/confinement.ts';
import { jailCommand, scratchFolder } from './bubblewrap.ts';
import type { Hold } from './hold.ts';
import { limitCommand } from './limit-command.ts';
import type { Isolation } from './isolation.ts';
import { ownFiles, packageFolders, permissionFlags, processFlags } from './node-flags.ts';
import { seccompFilter } from './seccomp.ts';

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
