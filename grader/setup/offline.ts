import { join } from 'node:path';
import { offlineFailure } from '../download/offline.ts';
import type { GraderError } from '../errors.ts';
import { enginesFolder } from './cache-folder.ts';
import { platformChoices, tensorflowVersion } from './platform.ts';
import type { Source } from './source.ts';

/** Why nothing is made where nothing may be fetched: what is missing, and where it may come from. */
export function nothingFetched(sources: readonly Source[]): GraderError {
  const { cpu } = platformChoices().wheels;
  const folder = join(enginesFolder(), sources[0]?.key ?? '');
  const platforms = (cpu?.tags ?? []).map((tag) => `--platform ${tag}`).join(' ');
  const byWheel = cpu && [
    'Where there is a network, fetch the wheel:',
    `  pip download --no-deps --only-binary=:all: --implementation cp --python-version 3.11 ${platforms} ${cpu.package}==${tensorflowVersion}`,
    `and name it here (SHA-256 ${cpu.sha256}): grader setup --wheel FILE`,
    'Or name',
  ];
  return offlineFailure({
    message: `TensorFlow is not in ${folder}, and nothing may be fetched (--offline, or GRADER_OFFLINE).`,
    help: [
      ...(byWheel ?? ['Name']),
      '  a folder that has TensorFlow: grader setup --libtensorflow DIR',
      `  or copy ${folder} from a machine of this kind.`,
    ].join('\n'),
  });
}
