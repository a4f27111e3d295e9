import { appendFile, writeFile } from 'node:fs/promises';
import { resultNotWritten } from './result-directory.ts';

interface LogFile {
  readonly line: (text: string) => void;
  /** Waits for the last line. Throws where one could not be written. */
  end(): Promise<void>;
}

/** An empty log, written line by line while a grading runs. */
export async function openLog(path: string): Promise<LogFile> {
  let failure: Error | null = null;
  const fail = (cause: unknown) => void (failure ??= resultNotWritten(path, cause));
  await writeFile(path, '').catch((cause: unknown) => {
    throw resultNotWritten(path, cause);
  });
  let writing: Promise<void> = Promise.resolve();
  return {
    // One line at a time and in order; the file is small and closed after each.
    line: (text) => void (writing = writing.then(() => appendFile(path, `${text}\n`)).catch(fail)),
    async end() {
      await writing;
      if (failure !== null) throw failure;
    },
  };
}
