import { candidateError } from '../../errors.ts';
import { serve } from '../../process/serve.ts';
import { ZipFault } from '../../zip/zip-fault.ts';
import type { ArchiveAnswer, ArchiveJob } from './archive-job.ts';
import { unpackTar } from './unpack-tar.ts';
import { unpackZip } from './unpack-zip.ts';

async function unpack(job: ArchiveJob): Promise<ArchiveAnswer> {
  try {
    return await (job.kind === 'zip' ? unpackZip(job) : unpackTar(job));
  } catch (error) {
    if (error instanceof ZipFault) throw candidateError(`archive-${error.kind}`, error.message);
    throw error;
  }
}

serve((job) => unpack(job as ArchiveJob));
