import { hookNames } from './hook-names.ts';
import type { Piece, Span } from './source.ts';
import { nodeAt, nodesAt, textAt, walk, type Node } from './syntax-tree.ts';

interface Insertion {
  readonly at: number;
  readonly text: string;
}

interface Marked {
  readonly pieces: readonly Piece[];
  readonly code: string;
}

/**
 * The same program in which calls, objects and lists tell their values: `f({ a: 1 })` becomes
 * `call(0, () => f(made(1, { a: 1 })))`. It stays on its lines.
 */
export function markPieces(program: Node, text: string): Marked {
  const pieces: Piece[] = [];
  const before: Insertion[] = [];
  const after: Insertion[] = [];
  const literals = literalConstants(program);
  const closings = new Map<Node, string>();
  const wrap = (node: Node, open: string, close: string) => {
    before.push({ at: node.start, text: open });
    closings.set(node, close);
  };
  const spans = (node: Node): Span => spanOf(literals.get(textAt(node, 'name')) ?? node);
  const enter = (node: Node, parents: readonly Node[]) => {
    const number = pieces.length;
    if (node.type === 'ObjectExpression') {
      pieces.push({ at: spanOf(node), properties: propertiesOf(node, spans) });
      wrap(node, `${hookNames.made}(${number},`, ')');
      markSpreads(node, 'properties', number);
    } else if (node.type === 'ArrayExpression') {
      pieces.push({ at: spanOf(node), items: itemsOf(node, spans) });
      wrap(node, `${hookNames.made}(${number},`, ')');
      markSpreads(node, 'elements', number);
    } else if (isFollowed(node, parents)) {
      pieces.push(callPiece(node, spans));
      wrap(node, `${hookNames.call}(${number},()=>`, ')');
    }
  };
  const markSpreads = (node: Node, field: string, number: number) => {
    const spread = nodesAt(node, field).filter((each) => each?.type === 'SpreadElement');
    spread.forEach((each, turn) => {
      const argument = nodeAt(each, 'argument');
      if (!each || !argument) return;
      before.push({ at: each.start + 3, text: `${hookNames.spread}(${number},${turn},` });
      closings.set(each, ')');
    });
  };
  walk(program, enter, (node) => {
    const close = closings.get(node);
    if (close !== undefined) after.push({ at: node.end, text: close });
  });
  return { pieces, code: inserted(text, before, after) };
}

/** What closes stands before what opens at the same place; each list is in its order already. */
function inserted(text: string, before: readonly Insertion[], after: readonly Insertion[]): string {
  const all = [...after, ...before].sort((one, other) => one.at - other.at);
  let code = '';
  let from = 0;
  for (const { at, text: insertion } of all) {
    code += text.slice(from, at) + insertion;
    from = at;
  }
  return code + text.slice(from);
}

export function spanOf({ start, end }: Node): Span {
  return [start, end];
}

const chains = new Set(['OptionalCallExpression', 'OptionalMemberExpression']);

/** A call that an arrow function can be put around. */
function isFollowed(node: Node, parents: readonly Node[]): boolean {
  const isCall = node.type === 'CallExpression' || node.type === 'NewExpression';
  if (!isCall && node.type !== 'OptionalCallExpression') return false;
  if (['Super', 'Import'].includes(nodeAt(node, 'callee')?.type ?? '')) return false;
  const parent = parents.at(-1);
  // A link of a chain `a?.b().c()`, or `yield` and `await` in it, cannot move into a function.
  if (parent && chains.has(parent.type)) return false;
  return !parents.some((each) => each['generator'] === true || each['async'] === true);
}

function callPiece(node: Node, spans: (node: Node) => Span): Piece {
  const callee = nodeAt(node, 'callee');
  const name = nodeAt(callee, 'property') ?? callee ?? node;
  const given = nodesAt(node, 'arguments').filter((each) => each !== null);
  return { at: spanOf(node), name: spanOf(name), given: given.map(spans) };
}

function propertiesOf(node: Node, spans: (node: Node) => Span): NonNullable<Piece['properties']> {
  let turn = 0;
  return nodesAt(node, 'properties').flatMap((each): NonNullable<Piece['properties']> => {
    if (each?.type === 'SpreadElement') return [{ spread: turn++ }];
    const key = nodeAt(each, 'key');
    if (!each || !key || each['computed'] === true) return [];
    const name = key.type === 'Identifier' ? textAt(key, 'name') : String(key['value']);
    return [{ name, key: spanOf(key), value: spans(nodeAt(each, 'value') ?? key) }];
  });
}

function itemsOf(node: Node, spans: (node: Node) => Span): NonNullable<Piece['items']> {
  let turn = 0;
  return nodesAt(node, 'elements').map((each) => {
    if (each?.type === 'SpreadElement') return { spread: turn++ };
    return spans(each ?? node);
  });
}

const literalTypes = new Set(['StringLiteral', 'NumericLiteral', 'BooleanLiteral', 'NullLiteral']);

/** Constants that are declared once, with a value that is written out: a mistake in one is there. */
function literalConstants(program: Node): ReadonlyMap<string, Node> {
  const values = new Map<string, Node>();
  const declared: string[] = [];
  walk(program, (node, parents) => {
    const names = [nodeAt(node, 'id'), ...nodesAt(node, 'params')];
    declared.push(...names.map((each) => textAt(each, 'name')));
    const init = nodeAt(node, 'init');
    const isConstant = textAt(parents.at(-1) ?? null, 'kind') === 'const';
    if (node.type !== 'VariableDeclarator' || !isConstant || !init) return;
    if (literalTypes.has(init.type)) values.set(textAt(nodeAt(node, 'id'), 'name'), init);
  });
  const isOnce = (name: string) => declared.filter((each) => each === name).length === 1;
  return new Map([...values].filter(([name]) => isOnce(name)));
}
