/** What a child that meets a stranger's bytes may use and see; all else is not there. */
export interface Hold {
  /** The installed packages that its program loads. */
  readonly packages: readonly string[];
  /** Files and folders that it reads, by their own paths. */
  readonly read: readonly string[];
  /** Links that it sees as such, whatever they lead to. */
  readonly links?: readonly string[];
  /** Folders that it writes in. */
  readonly write?: readonly string[];
  readonly heapBytes: number;
  /** Private writable memory, beyond which it gets none. */
  readonly dataBytes: number;
  /** Of one file that it writes. */
  readonly fileBytes: number;
  /** Time on processors, and on the wall: the end of a child whose grader is stopped. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** It loads TensorFlow; with what it needs of the system for that. */
  readonly native?: NativeNeeds;
  /** V8's flags, which cannot be changed once it runs. */
  readonly engineFlags?: readonly string[];
}

export interface NativeNeeds {
  readonly mayUseGpu: boolean;
  /** Memory for temporary files. */
  readonly temporaryBytes: number;
}
