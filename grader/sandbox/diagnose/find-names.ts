import { inLibrary, libraryNames } from './library-names.ts';
import { spanOf } from './mark-pieces.ts';
import type { PlacedMistake } from './source.ts';
import { nodeAt, nodesAt, textAt, walk, type Node } from './syntax-tree.ts';

interface Names {
  readonly mistakes: readonly PlacedMistake[];
  /** Names that nothing declares. */
  readonly unknown: readonly string[];
}

/** Imports that are not there, and names that nothing declares. */
export function findNames(program: Node): Names {
  const uses = usesOf(program);
  const declared = declaredBy(program);
  const unknown = [...uses.keys()].filter((name) => !declared.has(name) && !isGlobal(name));
  const imported = nodesAt(program, 'body').flatMap((each) =>
    each?.type === 'ImportDeclaration' && each['importKind'] !== 'type' ? [each] : [],
  );
  const own = imported.find((each) => textAt(nodeAt(each, 'source'), 'value') === 'grader');
  const names = nodesAt(own ?? null, 'specifiers').map((each) =>
    textAt(nodeAt(each, 'local'), 'name'),
  );
  return {
    mistakes: [
      ...imported.flatMap((each) => importMistakes(each, uses)),
      ...unknown.map((name) => {
        const first = uses.get(name);
        return { message: undeclared(name, names), at: first ? spanOf(first) : null };
      }),
    ],
    unknown,
  };
}

function importMistakes(
  declaration: Node,
  uses: ReadonlyMap<string, Node>,
): readonly PlacedMistake[] {
  const source = nodeAt(declaration, 'source');
  const from = textAt(source, 'value');
  if (from !== 'grader') {
    const what = from.startsWith('.')
      ? ' Put what it takes from there into the recipe itself.'
      : '';
    const message = `A recipe may import only "grader"; it asked for "${from}".${what}`;
    return [{ message, at: source && spanOf(source) }];
  }
  return nodesAt(declaration, 'specifiers').flatMap((each) => {
    if (!each) return [];
    const local = textAt(nodeAt(each, 'local'), 'name');
    if (each.type === 'ImportDefaultSpecifier') {
      const message = `"grader" has no default export. Write import { ${local === 'grader' ? 'defineRecipe, layers' : local} } from 'grader'.`;
      return [{ message, at: spanOf(each) }];
    }
    const name = textAt(nodeAt(each, 'imported'), 'name');
    const isType = each['importKind'] === 'type' || !uses.has(local);
    if (each.type !== 'ImportSpecifier' || isType || libraryNames.includes(name)) return [];
    const like = inLibrary(name);
    const hint = like === null ? '' : ` Nearest: ${like}.`;
    const message = `"grader" has no ${name}.${hint} It has: ${libraryNames.join(', ')}.`;
    return [{ message, at: spanOf(each) }];
  });
}

const ofPython: Readonly<Record<string, string>> = { True: 'true', False: 'false', None: 'null' };
const frameworks = new Set(['keras', 'tf', 'tensorflow', 'np', 'numpy', 'torch']);

function undeclared(name: string, imported: readonly string[]): string {
  const word = ofPython[name];
  if (word !== undefined) return `${name} is Python's: write ${word}.`;
  if (frameworks.has(name)) {
    return `${name} is not defined: a recipe has the language and "grader" alone. Write layers.dense({ units: 64 }) and train.adam({ learningRate: 0.001 }).`;
  }
  const like = inLibrary(name);
  if (like === name) {
    const all = [...new Set([...imported, name])].sort();
    return `${name} is not imported. Write import { ${all.join(', ')} } from 'grader'.`;
  }
  const hint = like === null ? '' : ` Nearest: ${like}.`;
  return `${name} is not defined.${hint}`;
}

const given = new Set(['require', 'module', 'exports', 'arguments', 'undefined', 'console']);

function isGlobal(name: string): boolean {
  return given.has(name) || name in globalThis;
}

/** Where each name stands first as a value. */
function usesOf(program: Node): ReadonlyMap<string, Node> {
  const uses = new Map<string, Node>();
  walk(program, (node, parents) => {
    const name = textAt(node, 'name');
    const parent = parents.at(-1) ?? null;
    if (node.type !== 'Identifier' || uses.has(name) || !parent) return;
    if (!isLabel(node, parent) && !isKeyword(parent, parents.at(-2) ?? null)) uses.set(name, node);
  });
  return uses;
}

/** A name that stands for itself: a key, a member, a specifier. */
function isLabel(node: Node, parent: Node): boolean {
  if (/Specifier$|^Label|^Break|^Continue|^TSEnumMember|^MetaProperty/.test(parent.type))
    return true;
  if (parent['operator'] === 'typeof') return true;
  const isKey = nodeAt(parent, 'key') === node && nodeAt(parent, 'value') !== node;
  const isMember = nodeAt(parent, 'property') === node;
  return (isKey || isMember) && parent['computed'] !== true;
}

/** Python's `units=64` among the arguments of a call. */
export function isKeyword(node: Node | null, parent: Node | null): boolean {
  if (node?.type !== 'AssignmentExpression' || node['operator'] !== '=') return false;
  return nodesAt(parent, 'arguments').includes(node);
}

/** Every name that something declares somewhere; a recipe is too short for scopes to matter. */
function declaredBy(program: Node): ReadonlySet<string> {
  const declared = new Set<string>();
  const declare = (pattern: Node | null): void => {
    if (!pattern) return;
    if (pattern.type === 'Identifier') declared.add(textAt(pattern, 'name'));
    for (const field of ['value', 'left', 'argument', 'parameter']) declare(nodeAt(pattern, field));
    for (const field of ['properties', 'elements']) nodesAt(pattern, field).forEach(declare);
  };
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator' || 'body' in node) declare(nodeAt(node, 'id'));
    if (/^TSEnum/.test(node.type)) declare(nodeAt(node, 'id'));
    if (/Specifier$/.test(node.type)) declare(nodeAt(node, 'local'));
    if (node.type === 'CatchClause') declare(nodeAt(node, 'param'));
    nodesAt(node, 'params').forEach(declare);
  });
  return declared;
}
