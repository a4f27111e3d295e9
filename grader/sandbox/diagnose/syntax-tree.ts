/** A node as @babel/parser makes it; its own fields stand beside these. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** A field that holds a node, or null. */
export function nodeAt(node: Node | null, field: string): Node | null {
  const value = node?.[field];
  return isNode(value) ? value : null;
}

/** A field that holds a list of nodes, in which a hole of a list is null. */
export function nodesAt(node: Node | null, field: string): readonly (Node | null)[] {
  const value = node?.[field];
  return Array.isArray(value) ? value.map((each: unknown) => (isNode(each) ? each : null)) : [];
}

/** A field that holds text, or an empty one. */
export function textAt(node: Node | null, field: string): string {
  const value = node?.[field];
  return typeof value === 'string' ? value : '';
}

const notChildren = new Set(['loc', 'extra', 'errors', 'comments', 'tokens']);

/** Nodes of types hold no values, but for the few that stand around an expression. */
const typesAroundValues = new Set([
  ...['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSTypeAssertion'],
  ...['TSInstantiationExpression', 'TSEnumDeclaration', 'TSEnumBody', 'TSEnumMember'],
  ...['TSExportAssignment', 'TSParameterProperty', 'TSModuleDeclaration', 'TSModuleBlock'],
]);

/** The nodes below, as they stand in the text; those of types alone are left out. */
export function childrenOf(node: Node): readonly Node[] {
  return Object.entries(node)
    .filter(([field]) => !notChildren.has(field) && !field.endsWith('Comments'))
    .flatMap(([, value]) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter(isNode)
    .filter(({ type }) => !type.startsWith('TS') || typesAroundValues.has(type))
    .sort((one, other) => one.start - other.start);
}

/** Goes through a tree, parents first; `leave` is called after all below. */
export function walk(
  node: Node,
  enter: (node: Node, parents: readonly Node[]) => void,
  leave: (node: Node, parents: readonly Node[]) => void = () => undefined,
): void {
  const parents: Node[] = [];
  const visit = (each: Node): void => {
    enter(each, parents);
    parents.push(each);
    childrenOf(each).forEach(visit);
    parents.pop();
    leave(each, parents);
  };
  visit(node);
}
