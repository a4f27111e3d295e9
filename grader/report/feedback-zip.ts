import { extname, join } from 'node:path';
import { GraderError } from '../errors.ts';
import type { ExportFormat, GradedSubmission, Outcomes } from './export-format.ts';

/**
 * Each report in one archive, by the names that the platform reads when it is uploaded there: in Moodle the folder
 * of the download as one of feedback (mod/assign/feedback/file/importziplib.php), in Canvas the file's own name
 * with its two numbers (app/models/assignment.rb, infer_comment_context_from_filename), elsewhere the
 * submission's path. Throws fault `machine` where a report cannot be read.
 */
export const zip = {
  help: "write each submission's report into one archive that Moodle and Canvas take as feedback",
  render,
} as const satisfies ExportFormat;

async function render({ graded, results }: Outcomes): Promise<Uint8Array> {
  // Few ask for it, and the help of every command names it.
  const { ZipFile } = await import('yazl');
  const archive = new ZipFile();
  const chunks: Buffer[] = [];
  const written = new Promise<void>((resolve, reject) => {
    archive.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk));
    archive.outputStream.on('end', resolve).on('error', reject);
    archive.on('error', reject);
  });
  const nameOf = entryNames(graded);
  for (const submission of graded) {
    const { reportFile, report } = submission;
    // Of a report that an interrupt cut short nobody learns anything.
    if (reportFile === null || report.verdict === 'interrupted') continue;
    const mtime = new Date(report.finishedAt);
    archive.addFile(join(results, reportFile), nameOf(submission), { mtime });
  }
  archive.end();
  await written.catch((cause: unknown) => {
    throw notRead(cause);
  });
  return Buffer.concat(chunks);
}

/** No two are the same, also where case does not count. */
function entryNames(graded: readonly GradedSubmission[]): (submission: GradedSubmission) => string {
  const folders = graded.map(({ cameAs }) => moodleFolder(cameAs));
  const taken = new Set<string>();
  return ({ cameAs: name }) => {
    const folder = moodleFolder(name);
    const isAlone = folders.filter((each) => each === folder).length === 1;
    const short = isAlone && folder !== null ? [`${folder}/report.html`] : [];
    const wished = [...short, entryName(name, false), entryName(name, true)];
    const counted = Array.from({ length: taken.size + 1 }, (_, at) =>
      entryName(`${name}-${at + 2}`, true),
    );
    const free = [...wished, ...counted].find((each) => !taken.has(keyOf(each))) ?? name;
    taken.add(keyOf(free));
    return free;
  };
}

function keyOf(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** `anna/sunspots.ts` becomes `anna/sunspots-report.html`, or `anna/sunspots.ts-report.html`. */
function entryName(path: string, isFull: boolean): string {
  const parts = safeParts(path);
  const file = parts.at(-1) ?? '';
  const stem = isFull ? file : file.slice(0, file.length - extname(file).length);
  const named = canvasFile.test(file) ? `${stem}.html` : `${stem}-report.html`;
  const folder = moodleFolder(path);
  if (folder !== null) return `${folder}/${[...insideOf(parts), named].join('-')}`;
  return [...parts.slice(0, -1), named.replace(moodleName, asFeedback)].join('/');
}

/** `anna_123_4567_sunspots.h5`, `anna_LATE_123_4567_sunspots.h5`. */
const canvasFile = /^[^_]+(_LATE)?_\d+_\d+_/;

/** `Anna Kim_123_assignsubmission_file_`, with or without the last stroke, or a file's name after it. */
const moodleName = /^([^_]*_\d+)_assignsubmission_[a-z]+(?=_|$)/;

const asFeedback = '$1_assignfeedback_file';

/** The folder of feedback of who handed it in; null where the path has none of Moodle. */
function moodleFolder(path: string): string | null {
  const folder = safeParts(path)
    .slice(0, -1)
    .find((part) => moodleName.test(part));
  return folder?.replace(moodleName, asFeedback) ?? null;
}

/** The folders inside of that. */
function insideOf(parts: readonly string[]): readonly string[] {
  return parts.slice(parts.findIndex((part) => moodleName.test(part)) + 1, -1);
}

/** Of a path within an archive: nothing that leads out of it or that a system does not take. */
function safeParts(path: string): string[] {
  return path
    .split('/')
    .map((part) => part.replace(/[\p{Cc}\p{Cs}\\:*?"<>|]/gu, '_').replace(/^\.+/, '_'))
    .filter((part) => part !== '');
}

function notRead(cause: unknown): GraderError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new GraderError(
    {
      fault: 'machine',
      code: 'export',
      message: `The archive of reports is not written: ${reason}.`,
      help: 'Keep the folder of results as it is until the command has ended, and run it again.',
    },
    { cause },
  );
}
