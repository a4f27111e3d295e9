import type { FileStart } from './format.ts';

export interface Refusal {
  readonly code: string;
  /** Completes "<file> is …". */
  readonly what: string;
  readonly help: string;
  matches(start: FileStart): boolean;
}

const describeIt =
  'This version takes recipes only: describe the same model, compile and fit in a .ts, .js or .json ' +
  'file and the grader trains it. `grader start <problem>` writes one to begin with.';

/** Files that are handed in by mistake, told apart by content before their name is looked at. */
export const refusals: readonly Refusal[] = [
  {
    code: 'git-lfs-pointer',
    what: 'a git-LFS pointer, not the file it stands for',
    help: 'Run `git lfs pull` and hand in the real file.',
    matches: ({ head }) => text(head).startsWith('version https://git-lfs.github.com/spec/'),
  },
  {
    code: 'html-page',
    what: 'an HTML page, most likely a download page saved instead of the file',
    help: 'Use the raw or download link of the file.',
    matches: ({ head }) => /^\uFEFF?\s*<(!doctype html|html|head|body)[\s>]/i.test(text(head)),
  },
  {
    code: 'unsupported-format',
    what: 'a Keras model in HDF5 (.h5)',
    help: describeIt,
    matches: ({ head }) => startsWith(head, [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]),
  },
  {
    code: 'unsupported-format',
    what: 'a zip archive, as a .keras model is one',
    help: describeIt,
    matches: ({ head }) => startsWith(head, [0x50, 0x4b, 0x03, 0x04]),
  },
  {
    code: 'unsupported-format',
    what: 'a Python script, which the grader does not run',
    help: describeIt,
    matches: ({ name }) => /\.py$/i.test(name),
  },
  {
    code: 'binary-file',
    what: 'a binary file, not the text of a recipe',
    help: describeIt,
    // UTF-16 is text to an editor, but its ASCII letters bring zero bytes.
    matches: ({ head }) => head.includes(0) && !isUtf16(head),
  },
  {
    code: 'not-utf-8',
    what: 'UTF-16 text',
    help: 'Save it as UTF-8 in the editor.',
    matches: ({ head }) => isUtf16(head),
  },
];

function isUtf16(head: Uint8Array): boolean {
  return startsWith(head, [0xff, 0xfe]) || startsWith(head, [0xfe, 0xff]);
}

function startsWith(head: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => head[index] === byte);
}

function text(head: Uint8Array): string {
  return Buffer.from(head).toString('utf8');
}
