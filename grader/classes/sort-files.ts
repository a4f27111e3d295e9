import type { Failure } from '../contract.ts';
import { withoutArchiveExtension } from './archives/is-archive.ts';
import type { FilesOfFolder, FoundFile, PassedOver } from './folder-walk.ts';
import { looksHandedIn, meaningOf, stemOf, type Meaning } from './problem-names.ts';
import { whoseFiles, type Whose } from './whose.ts';

/** What was found, sorted out; it is graded where there is no reason against it. */
export interface Sorted {
  readonly parts: readonly string[];
  readonly whose: Whose;
  /** Null for what was passed over. */
  readonly found: FoundFile | null;
  readonly problem: string | null;
  readonly reason: string | null;
  /** True for what may be a submission: then not all have reached their points. */
  readonly isMissed: boolean;
  readonly failure: Failure | null;
}

interface Known {
  readonly problems: readonly string[];
  /** What the checked folder itself is called. */
  readonly directory: string;
  /** The problem of what says none; null where it is left out. */
  readonly fallback: string | null;
}

/** Which files of a folder are submissions, of which problem and whose, and why the others are none. */
export function sortFiles(
  { files, passedOver }: FilesOfFolder,
  { problems, directory, fallback }: Known,
): readonly Sorted[] {
  const mine = files.filter(isByItself);
  const paths = [...mine, ...passedOver].map(({ parts }) => parts);
  const whoseOf = whoseFiles(paths, problems);
  const sortAll = (above: readonly string[], otherwise: string | null) => {
    const meaning = ({ own }: Whose) => problemOf(own, { above, problems, otherwise });
    const items = mine.map((found): Item => ({ found, whose: whoseOf(found.parts) }));
    return [
      ...items.map((item) => sortFile(item, meaning(item.whose))),
      ...passedOver.map((item) => {
        const whose = whoseOf(item.parts);
        return sortPassedOver(item, whose, meaning(whose));
      }),
    ];
  };
  const sorted = sortAll([], fallback);
  if (fallback !== null || sorted.some(({ reason }) => reason === null)) return withMissed(sorted);
  // The folder of one problem, given by itself; a platform's download has more in its name.
  const said = meaningOf(withoutArchiveExtension(directory), problems);
  const isOfPlatform = sorted.some(({ whose }) => whose.isOfPlatform);
  const isFor = said.problem !== null && (said.isExact || isOfPlatform);
  return withMissed(isFor ? sortAll([said.problem], null) : sorted);
}

interface Item {
  readonly found: FoundFile;
  readonly whose: Whose;
}

/** False for weights beside a model.json and for the recipe of a model file. */
function isByItself({ parts, beside }: FoundFile): boolean {
  const name = parts.at(-1) ?? '';
  const [, model] = /^(.+)\.recipe\.\w+$/.exec(name) ?? [];
  if (beside.some((other) => other !== name && stemOf(other) === model)) return false;
  return !beside.includes('model.json') || looksHandedIn(name);
}

interface Meant {
  readonly above: readonly string[];
  readonly problems: readonly string[];
  readonly otherwise: string | null;
}

/** By the file's own name and those of its folders, of which one that is just a problem's counts more. */
function problemOf(own: readonly string[], { above, problems, otherwise }: Meant): Meaning {
  const file = meaningOf(stemOf(own.at(-1) ?? ''), problems);
  const folders = [...above, ...own.slice(0, -1)]
    .map((name) => meaningOf(withoutArchiveExtension(name), problems))
    .reverse();
  const exact = folders.find((folder) => folder.problem !== null && folder.isExact);
  if (exact?.problem && file.problem && file.isExact && file.problem !== exact.problem) {
    return { problem: null, among: [exact.problem, file.problem] };
  }
  const says = (meaning: Meaning) => meaning.problem !== null || meaning.among.length > 0;
  const found = exact ?? [file, ...folders].find(says);
  return found ?? (otherwise === null ? file : { problem: otherwise, isExact: false });
}

function sortFile({ found, whose }: Item, meaning: Meaning): Sorted {
  const name = whose.own.at(-1) ?? '';
  const { problem } = meaning;
  const item = { parts: found.parts, whose, found, problem, failure: null } as const;
  if (whose.isText) {
    return { ...item, reason: "text typed on the platform's page, not a file", isMissed: true };
  }
  if (problem === null) {
    const among = meaning.among.join(' and ');
    const isMissed = (among !== '' || whose.isOfPlatform) && looksHandedIn(name);
    const reason = among === '' ? 'its name is that of no problem' : `its name is that of ${among}`;
    return { ...item, reason, isMissed };
  }
  const own = meaningOf(stemOf(name), [problem]);
  // What is just called after its problem is graded whatever its extension: its content tells.
  const isNamed = own.problem !== null && own.isExact;
  const isTaken = isNamed || looksHandedIn(name);
  return {
    ...item,
    reason: isTaken ? null : 'a submission has another extension',
    isMissed: false,
  };
}

function sortPassedOver(
  { parts, reason, mayBeMissed, failure }: PassedOver,
  whose: Whose,
  { problem }: Meaning,
): Sorted {
  const isNamed = mayBeMissed === 'where-named' && problem !== null;
  const isMissed = isNamed || mayBeMissed === 'always';
  return { parts, whose, found: null, problem, reason, isMissed, failure: failure ?? null };
}

/** What lies beside a submission, of its candidate or in its archive, is not missed. */
function withMissed(sorted: readonly Sorted[]): readonly Sorted[] {
  const graded = sorted.filter(({ reason }) => reason === null);
  const keys = new Set(graded.map(({ whose }) => whose.candidate?.key));
  const folders = new Set(graded.map(({ parts }) => archiveOf(parts)));
  return sorted.map((item) => {
    const { whose, failure, found, reason, problem, parts } = item;
    if (reason === null) return item;
    const isBeside = whose.isOfPlatform && keys.has(whose.candidate?.key);
    const isStray = failure !== null && problem === null && folders.has(archiveOf(parts) ?? '');
    if (isStray) return { ...item, isMissed: false, failure: null };
    const isOther = found !== null && failure === null && !reason.includes(' and ');
    return isBeside && isOther ? { ...item, isMissed: false } : item;
  });
}

/** Null outside of any. */
function archiveOf(parts: readonly string[]): string | null {
  const at = parts.findIndex((part) => withoutArchiveExtension(part) !== part);
  return at < 0 || at === parts.length - 1 ? null : parts.slice(0, at + 1).join('/');
}
