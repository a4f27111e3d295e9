/** Two items that stand for each other, or one that was added or removed. */
type Pair<Item> = readonly [then: Item | null, now: Item | null];

/** How unlike two items are, 0 to below 2; null where one cannot stand for the other. */
type Unlike<Item> = (then: Item, now: Item) => number | null;

/**
 * Two lists beside each other, in their order, so that what is unlike is least; an item that is added or
 * removed counts 1 (S. B. Needleman and C. D. Wunsch, 1970).
 */
export function align<Item>(
  then: readonly Item[],
  now: readonly Item[],
  unlike: Unlike<Item>,
): readonly Pair<Item>[] {
  const width = now.length + 1;
  const costs = new Float64Array((then.length + 1) * width);
  const cost = (row: number, column: number) => costs[row * width + column] ?? Infinity;
  const paired = (row: number, column: number) => {
    const [before, after] = [then[row], now[column]];
    const apart = before === undefined || after === undefined ? null : unlike(before, after);
    return apart === null ? Infinity : apart + cost(row + 1, column + 1);
  };
  for (let row = then.length; row >= 0; row--) {
    for (let column = now.length; column >= 0; column--) {
      const isEnd = row === then.length && column === now.length;
      const removed = row < then.length ? 1 + cost(row + 1, column) : Infinity;
      const added = column < now.length ? 1 + cost(row, column + 1) : Infinity;
      costs[row * width + column] = isEnd ? 0 : Math.min(removed, added, paired(row, column));
    }
  }
  const pairs: Pair<Item>[] = [];
  for (let row = 0, column = 0; row < then.length || column < now.length;) {
    const best = cost(row, column);
    if (best === paired(row, column)) pairs.push([then[row++] ?? null, now[column++] ?? null]);
    else if (row < then.length && best === 1 + cost(row + 1, column)) {
      pairs.push([then[row++] ?? null, null]);
    } else pairs.push([null, now[column++] ?? null]);
  }
  return pairs;
}
