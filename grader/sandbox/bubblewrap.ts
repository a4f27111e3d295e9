import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { filterDescriptor } from '../process/confinement.ts';
import type { Hold, NativeNeeds } from './hold.ts';
import { gpuBinds } from './gpu-binds.ts';
import type { Isolation } from './isolation.ts';

/** Memory for temporary files, apart from every folder that a machine has: one may be bound below /tmp. */
export const scratchFolder = '/scratch';

interface JailRequest extends Hold {
  /** Files and folders of the grader and its packages. */
  readonly program: readonly string[];
  readonly hasFilter: boolean;
  readonly isolation: Isolation;
}

/**
 * The bubblewrap command of a child: an empty root with the program, what it may read and write, and
 * nothing else; namespaces of its own for users, processes, network, IPC; no capabilities.
 *
 * No `--proc`: /proc/1/environ would show the environment outside. No `--dev`: it holds a writable
 * memory without bounds. The root is made read-only at the end, since bubblewrap's is not.
 */
export function jailCommand(request: JailRequest): readonly string[] {
  const { isolation, environment = {}, native, hasFilter } = request;
  const { bwrap, options } = isolation.tools;
  if (!bwrap) throw new Error('internal: a jail without bubblewrap');
  return [
    bwrap,
    ...namespaces,
    ...(options.has('--disable-userns') ? ['--disable-userns'] : []),
    ...identity,
    ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...filesOf(request),
    ...['--dir', '/dev', '--dev-bind', '/dev/null', '/dev/null'],
    ...(native ? nativeFiles(native, options) : []),
    ...['--remount-ro', '/', '--chdir', '/'],
    ...(hasFilter ? ['--seccomp', String(filterDescriptor)] : []),
    '--',
  ];
}

const namespaces = [
  ...['--unshare-user', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
  ...['--unshare-pid', '--unshare-net'],
];

const identity = [
  ...['--uid', '65534', '--gid', '65534', '--hostname', 'exam', '--die-with-parent'],
  ...['--new-session', '--cap-drop', 'ALL', '--clearenv'],
];

function filesOf({ program, read, links = [], write = [], native }: JailRequest): string[] {
  const libraries = native ? systemFolders() : nodeLibraries();
  const only = [process.execPath, ...libraries, ...program, ...read];
  return [
    ...outermost(only).flatMap((path) => bindOf('--ro-bind', path)),
    ...links.flatMap((path) => ['--symlink', readlinkSync(path), path]),
    ...write.flatMap((path) => ['--bind', path, path]),
  ];
}

/** A link is a link inside as well, beside what it leads to. */
function bindOf(kind: '--ro-bind', path: string): string[] {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (!status) return [];
  if (!status.isSymbolicLink()) return [kind, path, path];
  if (systemLinks.has(path)) return ['--symlink', readlinkSync(path), path];
  return [kind, realpathSync(path), path];
}

/** A path within another one of the list is there already, and cannot be made in what is read-only. */
function outermost(paths: readonly string[]): string[] {
  const all = [...new Set(paths)];
  return all.filter((path) => !all.some((other) => path !== other && path.startsWith(`${other}/`)));
}

const systemLinks = new Set(['/lib', '/lib64']);

/** Where distributions keep libraries; TensorFlow asks for more of them than Node. */
function systemFolders(): string[] {
  const folders = ['/usr/lib', '/usr/lib64', '/lib', '/lib64', '/nix/store', '/etc/ld.so.cache'];
  return folders.filter((path) => existsSync(path));
}

let libraries: readonly string[] | undefined;

/** What this Node has loaded, and the loader. */
function nodeLibraries(): readonly string[] {
  if (libraries) return libraries;
  const { sharedObjects } = process.report.getReport() as { sharedObjects: readonly string[] };
  const loaders = ['/lib64/ld-linux-x86-64.so.2', '/lib/ld-linux-aarch64.so.1'];
  const wanted = [...sharedObjects, ...loaders].filter((path) => path.startsWith('/'));
  libraries = [...new Set(wanted)].filter((path) => existsSync(path));
  return libraries;
}

function nativeFiles(
  { mayUseGpu, temporaryBytes }: NativeNeeds,
  options: ReadonlySet<string>,
): string[] {
  const size = options.has('--size') ? ['--size', String(temporaryBytes)] : [];
  return [
    // TensorFlow seeds from it, and finds itself by the link.
    ...['--dev-bind', '/dev/urandom', '/dev/urandom'],
    ...['--dir', '/proc', '--dir', '/proc/self', '--symlink', process.execPath, '/proc/self/exe'],
    ...[...size, '--tmpfs', scratchFolder, '--chmod', '0700', scratchFolder],
    ...(mayUseGpu ? gpuBinds() : []),
  ];
}
