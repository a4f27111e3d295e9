import { isKeyword } from './find-names.ts';
import type { PlacedMistake } from './source.ts';
import { nodeAt, nodesAt, textAt, walk, type Node } from './syntax-tree.ts';

/** Calls with Python's keyword arguments, which JavaScript takes for assignments. */
export function findKeywords(program: Node, text: string): readonly PlacedMistake[] {
  const mistakes: PlacedMistake[] = [];
  walk(program, (node) => {
    const given = nodesAt(node, 'arguments').filter((each) => each !== null);
    const [first] = given.filter((each) => isKeyword(each, node));
    const last = given.at(-1);
    if (!first || !last) return;
    const options = given
      .filter((each) => isKeyword(each, node))
      .map((each) => text.slice(each.start, each.end).replace(/\s*=\s*/, ': '));
    const written = options.join(', ').replace(/\s+/g, ' ');
    const message = `Python's keyword arguments are an object here: write { ${camelCase(written)} }.`;
    mistakes.push({ message, at: [first.start, last.end] });
  });
  return mistakes;
}

/** The names that such calls would assign to. */
export function keywordNames(program: Node): readonly string[] {
  const names: string[] = [];
  walk(program, (node, parents) => {
    if (isKeyword(node, parents.at(-1) ?? null)) names.push(textAt(nodeAt(node, 'left'), 'name'));
  });
  return names.filter((name) => name !== '');
}

/** The names of options alone: a value such as `'glorot_uniform'` may stay. */
function camelCase(options: string): string {
  return options.replace(/\b[a-z0-9_]+(?=: )/g, (name) =>
    name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
  );
}
