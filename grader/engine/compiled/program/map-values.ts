/** The same keys, each value changed. */
export function mapValues<Item, Result>(
  record: Readonly<Record<string, Item>>,
  change: (item: Item, key: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, change(item, key)]));
}
