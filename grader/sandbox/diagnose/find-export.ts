import { spanOf } from './mark-pieces.ts';
import type { PlacedMistake, Span } from './source.ts';
import { nodeAt, nodesAt, textAt, walk, type Node } from './syntax-tree.ts';

/** What is exported by default; null where nothing is. */
export function findExport(program: Node): Span | null {
  for (const each of nodesAt(program, 'body')) {
    if (each?.type === 'ExportDefaultDeclaration')
      return spanOf(nodeAt(each, 'declaration') ?? each);
    for (const specifier of nodesAt(each, 'specifiers')) {
      const isDefault = textAt(nodeAt(specifier, 'exported'), 'name') === 'default';
      if (specifier && isDefault) return spanOf(specifier);
    }
  }
  return null;
}

/** How a recipe that is not exported by default becomes so. */
export function withoutExport(program: Node): PlacedMistake {
  const body = nodesAt(program, 'body').filter((each) => each !== null);
  const assigned = body.find((each) => isModuleExports(each));
  if (assigned) {
    const message =
      'A recipe is an ES module: write export default defineRecipe({…}) in place of module.exports.';
    return { message, at: spanOf(assigned) };
  }
  for (const each of body) {
    const declaration = nodeAt(each, 'declaration') ?? each;
    const [declarator] = nodesAt(declaration, 'declarations');
    const name = textAt(nodeAt(declarator ?? null, 'id'), 'name');
    if (!hasRecipe(declarator ?? each)) continue;
    const message =
      each.type === 'ExportNamedDeclaration'
        ? `The recipe must be the default export: write export default in place of export const ${name} =.`
        : declarator
          ? `The recipe is not exported. Add a line: export default ${name};`
          : 'The recipe is not exported. Write export default before it.';
    return { message, at: spanOf(declarator ?? each) };
  }
  const message =
    'The file exports no recipe: it must end with export default defineRecipe({ model, compile, fit }).';
  const last = body.at(-1);
  return { message, at: last ? spanOf(last) : null };
}

function isModuleExports(statement: Node): boolean {
  const left = nodeAt(nodeAt(statement, 'expression'), 'left');
  const [object, property] = [nodeAt(left, 'object'), nodeAt(left, 'property')];
  const names = [textAt(object, 'name'), textAt(property, 'name')];
  return names.join('.') === 'module.exports' || names[0] === 'exports';
}

/** Whether a piece of a program calls defineRecipe, not in a function of its own. */
function hasRecipe(node: Node): boolean {
  let has = false;
  walk(node, (each) => {
    if (textAt(nodeAt(each, 'callee'), 'name') === 'defineRecipe') has = true;
  });
  return has;
}
