import type { RecipeChange } from '../../contract.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';

/** One change of a recipe: where, and what stood and stands there, in the recipe's spelling. */
export interface ChangeView {
  readonly where: string;
  readonly then: string;
  readonly now: string;
}

/** What was added has an empty `then`, what was removed an empty `now`. */
export function changeView(
  { layer, of, option, then, now }: RecipeChange,
  words: Words,
): ChangeView {
  const place = layer === null ? '' : words.changes.layer(layer);
  const name = option === null ? '' : `${shortened(of, 60)} ${shortened(option, 60)}`;
  const isReplaced = option === null && then !== null && now !== null;
  return {
    where: [place, isReplaced ? of : name].filter((text) => text !== '').join(', '),
    then: shortened(then ?? '', 160),
    now: shortened(now ?? '', 160),
  };
}

/** The same as a line: "layer 2, layers.dense units: 64 → 128", "+ layers.dropout({ rate: 0.2 })". */
export function changeLine({ where, then, now }: ChangeView): string {
  const what = then === '' ? `+ ${now}` : now === '' ? `− ${then}` : `${then} → ${now}`;
  return where === '' ? what : `${where}: ${what}`;
}
