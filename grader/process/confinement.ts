/** What a child's command line begins with, and what surrounds it, when the child is held. */
export interface Confinement {
  /** Programs that end in the child, outermost first: `prlimit … bwrap … --`; may be empty. */
  readonly before: readonly string[];
  /** Node's flags for it. */
  readonly nodeFlags: readonly string[];
  /** The Node program as the child sees it. */
  readonly node: string;
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the outer programs read on `filterDescriptor`; null where they read nothing. */
  readonly filter: Uint8Array | null;
}

/** The child writes its messages here. */
export const messageDescriptor = 3;
/** A seccomp filter comes in here, before the child is there. */
export const filterDescriptor = 4;

/** The command line of a Node program that is held. */
export function commandOf(
  { before, node, nodeFlags }: Confinement,
  program: readonly string[],
): { readonly file: string; readonly words: readonly string[] } {
  const words = [node, ...nodeFlags, ...program];
  return before[0] === undefined
    ? { file: node, words: words.slice(1) }
    : { file: before[0], words: [...before.slice(1), ...words] };
}
