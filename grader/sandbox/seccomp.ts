/**
 * A seccomp filter as classic BPF, in the form that `bwrap --seccomp` reads: `struct sock_filter[]`
 * of <linux/filter.h>, 8 bytes an instruction. System call numbers are those of the kernel's
 * `syscall_64.tbl` and `asm-generic/unistd.h`. What is not named is allowed: the namespaces hold it.
 */
export function seccompFilter(architecture: string = process.arch): Uint8Array | null {
  const machine = machines[architecture];
  if (!machine) return null;
  const numbers = Object.entries(machine.calls);
  const program: Instruction[] = [
    load(offsets.architecture),
    skipUnless(machine.audit, 'equal', [answer(killProcess)]),
    load(offsets.number),
    ...(architecture === 'x64' ? when(x32Bit, 'atLeast', [answer(error(codes.ENOSYS))]) : []),
    // Its flags lie in memory, where a filter cannot read: glibc then takes `clone` instead.
    ...when(machine.clone3, 'equal', [answer(error(codes.ENOSYS))]),
    ...when(machine.clone, 'equal', threadsOnly),
    ...numbers.flatMap(([name, number]) => when(number, 'equal', [answer(refusalOf(name))])),
    answer(allow),
  ].flat();
  return bytesOf(program);
}

interface Instruction {
  readonly code: number;
  readonly ifTrue: number;
  readonly ifFalse: number;
  readonly value: number;
}

const operations = { load: 0x20, equal: 0x15, atLeast: 0x35, hasBit: 0x45, answer: 0x06 };
/** In `struct seccomp_data`: the call's number, the architecture, the low half of the first argument. */
const offsets = { number: 0, architecture: 4, firstArgument: 16 };
const allow = 0x7fff0000;
const killProcess = 0x80000000;
const codes = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 };
const error = (code: number) => 0x00050000 | code;
const cloneThread = 0x10000;
/** Calls of the x32 ABI have this bit in their number. */
const x32Bit = 0x40000000;

function refusalOf(name: string): number {
  return error(name === 'socket' ? codes.EAFNOSUPPORT : codes.EPERM);
}

function load(offset: number): Instruction {
  return { code: operations.load, ifTrue: 0, ifFalse: 0, value: offset };
}

function answer(value: number): Instruction {
  return { code: operations.answer, ifTrue: 0, ifFalse: 0, value };
}

type Test = 'equal' | 'atLeast' | 'hasBit';

function when(value: number, test: Test, then: readonly Instruction[]): Instruction[] {
  return [{ code: operations[test], ifTrue: 0, ifFalse: then.length, value }, ...then];
}

function skipUnless(value: number, test: Test, then: readonly Instruction[]): Instruction[] {
  return [{ code: operations[test], ifTrue: then.length, ifFalse: 0, value }, ...then];
}

/** `clone` makes threads, and no processes. */
const threadsOnly = [
  load(offsets.firstArgument),
  ...when(cloneThread, 'hasBit', [answer(allow)]),
  answer(error(codes.EPERM)),
];

function bytesOf(program: readonly (Instruction | Instruction[])[]): Uint8Array {
  const list = program.flat();
  const bytes = new DataView(new ArrayBuffer(list.length * 8));
  for (const [index, { code, ifTrue, ifFalse, value }] of list.entries()) {
    bytes.setUint16(index * 8, code, true);
    bytes.setUint8(index * 8 + 2, ifTrue);
    bytes.setUint8(index * 8 + 3, ifFalse);
    bytes.setUint32(index * 8 + 4, value >>> 0, true);
  }
  return new Uint8Array(bytes.buffer);
}

interface Machine {
  /** `AUDIT_ARCH_…` of <linux/audit.h>. */
  readonly audit: number;
  readonly clone: number;
  readonly clone3: number;
  /** Refused: other processes, the network, mounts, namespaces, and rarely used parts of the kernel. */
  readonly calls: Readonly<Record<string, number>>;
}

const machines: Readonly<Record<string, Machine>> = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    clone3: 435,
    calls: {
      ...{ socket: 41, connect: 42, accept: 43, sendto: 44, bind: 49, listen: 50, socketpair: 53 },
      ...{ fork: 57, vfork: 58, kill: 62, tkill: 200, ptrace: 101, accept4: 288 },
      ...{ process_vm_readv: 310, process_vm_writev: 311, pidfd_open: 434, pidfd_getfd: 438 },
      ...{ pidfd_send_signal: 424, kcmp: 312, mount: 165, umount2: 166, pivot_root: 155 },
      ...{ chroot: 161, move_mount: 429, open_tree: 428, fsopen: 430, fsconfig: 431, fsmount: 432 },
      ...{ fspick: 433, mount_setattr: 442, setns: 308, unshare: 272, bpf: 321 },
      ...{ perf_event_open: 298, userfaultfd: 323, add_key: 248, request_key: 249, keyctl: 250 },
      ...{ io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427, init_module: 175 },
      ...{ finit_module: 313, delete_module: 176, kexec_load: 246, kexec_file_load: 320 },
      ...{ reboot: 169, swapon: 167, swapoff: 168, acct: 163, quotactl: 179, syslog: 103 },
      ...{ sethostname: 170, setdomainname: 171, iopl: 172, ioperm: 173, memfd_create: 319 },
      ...{ memfd_secret: 447, shmget: 29, shmat: 30, msgget: 68, semget: 64, mq_open: 240 },
      ...{ personality: 135, open_by_handle_at: 304, name_to_handle_at: 303, fanotify_init: 300 },
      ...{ inotify_init1: 294, lookup_dcookie: 212, mbind: 237, set_mempolicy: 238 },
      ...{ migrate_pages: 256, move_pages: 279, landlock_create_ruleset: 444, vhangup: 153 },
    },
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    clone3: 435,
    calls: {
      ...{ socket: 198, connect: 203, accept: 202, sendto: 206, bind: 200, listen: 201 },
      ...{ socketpair: 199, kill: 129, tkill: 130, ptrace: 117, accept4: 242 },
      ...{ process_vm_readv: 270, process_vm_writev: 271, pidfd_open: 434, pidfd_getfd: 438 },
      ...{ pidfd_send_signal: 424, kcmp: 272, mount: 40, umount2: 39, pivot_root: 41 },
      ...{ chroot: 51, move_mount: 429, open_tree: 428, fsopen: 430, fsconfig: 431, fsmount: 432 },
      ...{ fspick: 433, mount_setattr: 442, setns: 268, unshare: 97, bpf: 280 },
      ...{ perf_event_open: 241, userfaultfd: 282, add_key: 217, request_key: 218, keyctl: 219 },
      ...{ io_uring_setup: 425, io_uring_enter: 426, io_uring_register: 427, init_module: 105 },
      ...{ finit_module: 273, delete_module: 106, kexec_load: 104, kexec_file_load: 294 },
      ...{ reboot: 142, swapon: 224, swapoff: 225, acct: 89, quotactl: 60, syslog: 116 },
      ...{ sethostname: 161, setdomainname: 162, memfd_create: 279, memfd_secret: 447 },
      ...{ shmget: 194, shmat: 196, msgget: 186, semget: 190, mq_open: 180, personality: 92 },
      ...{ open_by_handle_at: 265, name_to_handle_at: 264, fanotify_init: 262, inotify_init1: 26 },
      ...{ lookup_dcookie: 18, mbind: 235, set_mempolicy: 237, migrate_pages: 238 },
      ...{ move_pages: 239, landlock_create_ruleset: 444, vhangup: 58 },
    },
  },
};
