import { CompileRefusal } from '../trace/refusal.ts';
import { elementwiseRules } from './elementwise.ts';
import { movementRules } from './movement.ts';
import { neuralRules } from './neural.ts';
import type { OpFacts, ShapedType, ShapeRule } from './rule.ts';

const rules: Readonly<Record<string, ShapeRule>> = {
  ...elementwiseRules,
  ...movementRules,
  ...neuralRules,
};

/** Shapes and types of an op's outputs. Throws `CompileRefusal` for an op that has no rule. */
export function inferShapes(op: string, facts: OpFacts): readonly ShapedType[] {
  const rule = Object.hasOwn(rules, op) ? rules[op] : undefined;
  if (!rule) throw new CompileRefusal(`the op ${op} has no shape rule`);
  return rule(facts);
}

/** The ops that programs may hold. */
export const knownOps = Object.keys(rules);
