import type { Failure } from '../contract.ts';
import { GraderError } from '../errors.ts';

/** Whether `GRADER_OFFLINE` forbids to use the network. */
export function isOffline(): boolean {
  const given = process.env['GRADER_OFFLINE'] ?? '';
  return given !== '' && given !== '0';
}

/** What is missing, and where to put it. */
export function offlineFailure(failure: Pick<Failure, 'message' | 'help'>): GraderError {
  return new GraderError({ fault: 'machine', code: 'offline', ...failure });
}
