import { spanOf } from './mark-pieces.ts';
import type { Diagnosis, PlacedMistake, Span } from './source.ts';
import { nodeAt, nodesAt, textAt, walk, type Node } from './syntax-tree.ts';

/** Where the values of a JSON text stand, and what in it is not JSON. */
export function diagnoseJson(root: Node, text: string): Diagnosis {
  const places: Record<string, { key: Span | null; value: Span }> = {};
  const visit = (node: Node, path: string, key: Span | null): void => {
    places[path] = { key, value: spanOf(node) };
    nodesAt(node, 'properties').forEach((each) => {
      const [name, value] = [nodeAt(each, 'key'), nodeAt(each, 'value')];
      if (name && value) visit(value, `${path}/${String(name['value'])}`, spanOf(name));
    });
    nodesAt(node, 'elements').forEach((each, index) => {
      if (each) visit(each, `${path}/${index}`, null);
    });
  };
  visit(root, '', null);
  return { mistakes: notJson(root, text), places, isWhole: true };
}

const inJson = new Set([
  ...['ObjectExpression', 'ArrayExpression', 'ObjectProperty', 'StringLiteral', 'NumericLiteral'],
  ...['BooleanLiteral', 'NullLiteral', 'UnaryExpression'],
]);

/** What JavaScript allows and JSON does not. */
function notJson(root: Node, text: string): readonly PlacedMistake[] {
  const mistakes: PlacedMistake[] = [];
  const say = (node: Node, message: string) => mistakes.push({ message, at: spanOf(node) });
  for (const comment of nodesAt(root, 'comments'))
    if (comment) say(comment, 'JSON has no comments.');
  walk(root, (node, parents) => {
    const written = text.slice(node.start, node.end);
    const parent = parents.at(-1) ?? null;
    const comma = (node['extra'] as { trailingComma?: number } | undefined)?.trailingComma;
    if (comma !== undefined) {
      const message = 'JSON has no comma after the last member.';
      mistakes.push({ message, at: [comma, comma + 1] });
    }
    if (nodeAt(parent, 'key') === node && node.type !== 'StringLiteral') {
      say(node, `A key of JSON stands in double quotes: write "${written}".`);
    } else if (node.type === 'StringLiteral' && !written.startsWith('"')) {
      say(node, 'A text of JSON stands in double quotes.');
    } else if (!inJson.has(node.type)) {
      say(node, `${written.slice(0, 40)} is no value of JSON.${wordOf(textAt(node, 'name'))}`);
    }
  });
  return mistakes;
}

function wordOf(name: string): string {
  const words: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };
  const word = words[name];
  return word === undefined ? '' : ` Write ${word}.`;
}
