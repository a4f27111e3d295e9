import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What NVIDIA's driver needs inside of a jail: its devices, what it says in /proc, the topology. */
export function gpuBinds(): string[] {
  const devices = readdirSync('/dev')
    .filter((name) => name.startsWith('nvidia'))
    .flatMap((name) => ['--dev-bind', join('/dev', name), join('/dev', name)]);
  const files = ['/proc/driver/nvidia', '/sys'].filter((path) => existsSync(path));
  return [...devices, ...files.flatMap((path) => ['--ro-bind', path, path])];
}
