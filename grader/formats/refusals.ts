import { extname } from 'node:path';
import type { FileStart } from './format.ts';
import { firstZipEntry, hasBytes, isHdf5, isZip, textOf } from './magic.ts';

interface Refusal {
  readonly code: string;
  /** Completes "<file> is …". */
  readonly what: string;
  readonly help: string;
  matches(start: FileStart): boolean;
}

export const saveIt =
  'Hand in what `model.save("model.keras")` or `model.save("model.h5")` writes.';
const describeIt = `${saveIt} Or describe model, compile and fit as a recipe: \`grader start <problem>\` writes one to begin with.`;

/** Files that are handed in by mistake, told apart by content before their name is looked at. */
export const refusals: readonly Refusal[] = [
  {
    code: 'git-lfs-pointer',
    what: 'a git-LFS pointer, not the file it stands for',
    help: 'Run `git lfs pull` and hand in the real file.',
    matches: ({ head }) => textOf(head).startsWith('version https://git-lfs.github.com/spec/'),
  },
  {
    code: 'html-page',
    what: 'an HTML page, most likely a download page saved instead of the file',
    help: 'Use the raw or download link of the file.',
    matches: ({ head }) => /^\uFEFF?\s*<(!doctype html|html|head|body)[\s>]/i.test(textOf(head)),
  },
  {
    code: 'xml-file',
    what: 'an XML document, most likely the error of a download',
    help: 'Download the file again and look at its first line.',
    matches: ({ head }) => /^\uFEFF?\s*<\?xml[\s>]/i.test(textOf(head)),
  },
  {
    code: 'unsupported-format',
    what: 'a PyTorch model; the grader takes Keras models',
    help: describeIt,
    matches: ({ name, head }) =>
      /(^|\/)data\.pkl$/.test(firstZipEntry(head)) ||
      hasBytes(head, torchMagic) ||
      (/\.(pt|pth)$/i.test(name) && (isPickle(head) || isZip(head))),
  },
  {
    code: 'unsupported-format',
    what: 'a NumPy file, not a model',
    help: saveIt,
    matches: ({ head }) =>
      hasBytes(head, [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]) || /\.npy$/.test(firstZipEntry(head)),
  },
  {
    code: 'unsupported-format',
    what: 'an archive with a SavedModel folder',
    help: `Load it with Keras and save the model as one file. ${saveIt}`,
    matches: ({ head }) =>
      /saved_model\.pb$|^[^/]+\/(variables|assets)\//.test(firstZipEntry(head)),
  },
  {
    code: 'unsupported-format',
    what: 'a Python pickle, which the grader does not load: it could run anything',
    help: describeIt,
    matches: ({ head }) => isPickle(head),
  },
  {
    code: 'unsupported-format',
    what: 'a TensorFlow Lite model, which has no layers to look into',
    help: saveIt,
    matches: ({ head }) => hasBytes(head, ascii('TFL3'), 4),
  },
  {
    code: 'unsupported-format',
    what: 'an ONNX model; the grader takes Keras models',
    help: describeIt,
    matches: ({ name, head }) => /\.onnx$/i.test(name) && head[0] === 0x08,
  },
  {
    code: 'unsupported-format',
    what: 'the graph of a SavedModel folder, without its weights',
    help: `Load the folder with Keras and save the model as one file. ${saveIt}`,
    matches: ({ name, head }) => /\.pb$/i.test(name) && [0x08, 0x0a].includes(head[0] ?? -1),
  },
  {
    code: 'unsupported-format',
    what: 'a compressed archive (gzip, tar, 7z, rar or xz)',
    help: 'Unpack it and hand in the model file or the recipe inside of it.',
    matches: ({ head }) => archives.some(({ magic, offset }) => hasBytes(head, magic, offset)),
  },
  {
    code: 'unsupported-format',
    what: 'a Jupyter notebook, which the grader does not run',
    help: describeIt,
    // One under another name is refused by whoever opens it.
    matches: ({ name, isJson }) => /\.ipynb$/i.test(name) && isJson,
  },
  {
    code: 'json-in-json',
    what: 'a JSON string that holds JSON: `json.dump(model.to_json())` packs it twice',
    help: 'Write the text itself: open("model.json", "w").write(model.to_json()).',
    matches: ({ head }) => /^\uFEFF?\s*"\{/.test(textOf(head)),
  },
  {
    code: 'unsupported-format',
    what: 'a Python script, which the grader does not run',
    help: describeIt,
    matches: ({ name }) => /\.py$/i.test(name),
  },
  {
    code: 'unsupported-format',
    what: 'Python; a recipe is TypeScript or JavaScript, and the grader runs no Python',
    help: describeIt,
    matches: ({ name, head }) => /\.m?[tj]s$/i.test(name) && beginsAsPython(textOf(head)),
  },
  {
    code: 'no-model-inside',
    what: 'named like a model file, but its content is none: neither HDF5 nor a zip archive',
    help: `The file may be damaged, or another one under this name. ${saveIt}`,
    matches: ({ name, head, isJson }) =>
      isNamedAsModel(name) && !isHdf5(head) && !isZip(head) && !isJson,
  },
  {
    code: 'binary-file',
    what: 'a binary file of no known kind',
    help: describeIt,
    // UTF-16 is text to an editor, but its ASCII letters bring zero bytes.
    matches: ({ head }) => head.includes(0) && !isUtf16(head) && !isHdf5(head) && !isZip(head),
  },
  {
    code: 'not-utf-8',
    what: 'UTF-16 text',
    help: 'Save it as UTF-8 in the editor.',
    matches: ({ head }) => isUtf16(head),
  },
];

/** Files as small as those that hold nothing but a line break, found where a model should be. */
export function isTooSmall({ name, size }: FileStart): boolean {
  return isNamedAsModel(name) && size > 0 && size < 32;
}

function isNamedAsModel(name: string): boolean {
  return ['.h5', '.hdf5', '.keras'].includes(extname(name).toLowerCase());
}

/** By the first statement after comments and a docstring: an import as JavaScript has none. */
function beginsAsPython(head: string): boolean {
  const first = head.replace(/^(?:\uFEFF|\s|#[^\n]*\n|"""[\s\S]*?"""|'''[\s\S]*?''')*/, '');
  return /^(?:from [\w.]+ import |import [\w.]+(?: as \w+)?(?:, ?[\w. ]+)?[ \t]*(?:#.*)?\r?\n(?!\s*from\s*['"]))/.test(
    first,
  );
}

/** `torch.save` of old writes this number as a pickle before anything else. */
const torchMagic = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9];

/** Protocols 2 to 5; joblib writes them as well. */
function isPickle(head: Uint8Array): boolean {
  return head[0] === 0x80 && [2, 3, 4, 5].includes(head[1] ?? 0);
}

const archives = [
  { magic: [0x1f, 0x8b], offset: 0 },
  { magic: ascii('ustar'), offset: 257 },
  { magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], offset: 0 },
  { magic: ascii('Rar!'), offset: 0 },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], offset: 0 },
];

function ascii(text: string): number[] {
  return [...Buffer.from(text, 'latin1')];
}

function isUtf16(head: Uint8Array): boolean {
  return hasBytes(head, [0xff, 0xfe]) || hasBytes(head, [0xfe, 0xff]);
}
