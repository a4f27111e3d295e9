/** A table of texts; the first column says what a row is of. */
export interface PlainTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly isUsed: boolean; readonly cells: readonly string[] }[];
}
