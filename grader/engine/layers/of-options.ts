/**
 * A function of a class's options. A table is typed by the options of each class; whoever has a name
 * only calls the function with the options that were read for that name. Methods allow that.
 */
export type OfOptions<Options, Rest extends readonly unknown[], Result> = {
  call(options: Options, ...rest: Rest): Result;
}['call'];

/** As they are read for a name. */
export type AnyOptions = Readonly<Record<string, unknown>>;
