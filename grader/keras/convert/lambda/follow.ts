import type { Dialect, Instruction } from './dialects.ts';
import type { MarshalValue } from './marshal.ts';
import type { PythonCode } from './read-code.ts';

/** What a lambda gives back, as an expression of its argument. */
export type Expression =
  | { readonly kind: 'argument' }
  | { readonly kind: 'constant'; readonly value: MarshalValue }
  /** A name with its attributes: `tf.expand_dims`. */
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'keywords'; readonly names: readonly string[] }
  | { readonly kind: 'product'; readonly factors: readonly [Expression, Expression] }
  | {
      readonly kind: 'call';
      readonly path: string;
      readonly positional: readonly Expression[];
      readonly named: ReadonlyMap<string, Expression>;
    };

/**
 * What the code gives back, found by following its instructions with symbols on the stack in place
 * of values. Null where an instruction is none of the dialect, or anything but straight on.
 */
export function follow(code: PythonCode, dialect: Dialect): Expression | null {
  const { instructions } = code;
  const stack: Expression[] = [];
  let at = 0;
  while (at + 1 < instructions.length) {
    const [opcode = 0, argument = 0] = instructions.subarray(at, at + 2);
    const instruction = dialect.get(opcode);
    if (!instruction) return null;
    at += 2;
    if (instruction.operation === 'return') {
      return at === instructions.length && stack.length === 1 ? (stack[0] ?? null) : null;
    }
    const rest = at + 2 * instruction.caches;
    if (instructions.subarray(at, rest).some((cell) => cell !== 0)) return null;
    at = rest;
    if (!take({ code, stack }, instruction, argument)) return null;
  }
  return null;
}

interface Machine {
  readonly code: PythonCode;
  readonly stack: Expression[];
}

/** Pushes what the instruction leaves on the stack; false where it is not understood. */
function take(machine: Machine, instruction: Instruction, argument: number): boolean {
  if (instruction.operation === 'nothing') return true;
  const made = make(machine, instruction, argument);
  if (made === null) return false;
  machine.stack.push(made);
  return true;
}

function make(machine: Machine, instruction: Instruction, argument: number): Expression | null {
  const { code, stack } = machine;
  const name = code.names[argument >> instruction.flagBits];
  switch (instruction.operation) {
    case 'load-argument':
      return argument === 0 ? { kind: 'argument' } : null;
    case 'load-constant':
      return constant(code.constants[argument]);
    case 'load-name':
      return name === undefined ? null : { kind: 'path', path: name };
    case 'load-attribute':
      return attribute(stack.pop(), name);
    case 'name-keywords':
      return keywords(constant(code.constants[argument]));
    case 'call':
      return call(stack, argument);
    case 'call-with-keywords':
      return callWithKeywords(stack, argument);
    case 'multiply':
      return product(stack);
    case 'binary':
      return argument === multiplication ? product(stack) : null;
    case 'return':
    case 'nothing':
      return null;
  }
}

/** The number of `*` among the operators of BINARY_OP. */
const multiplication = 5;

function constant(value: MarshalValue | undefined): Expression | null {
  return value === undefined ? null : { kind: 'constant', value };
}

function attribute(of: Expression | undefined, name: string | undefined): Expression | null {
  if (of?.kind !== 'path' || name === undefined) return null;
  return { kind: 'path', path: `${of.path}.${name}` };
}

function keywords(expression: Expression | null | undefined): Expression | null {
  if (expression?.kind !== 'constant' || expression.value.type !== 'tuple') return null;
  const { items } = expression.value;
  const names = items.flatMap((item) => (item.type === 'text' ? [item.value] : []));
  return names.length === items.length ? { kind: 'keywords', names } : null;
}

function callWithKeywords(stack: Expression[], count: number): Expression | null {
  const names = keywords(stack.pop());
  if (names === null) return null;
  stack.push(names);
  return call(stack, count);
}

/** From the top: the names of the last arguments where they have names, the arguments, the callee. */
function call(stack: Expression[], count: number): Expression | null {
  const top = stack.at(-1);
  const names = top?.kind === 'keywords' ? top.names : [];
  if (top?.kind === 'keywords') stack.pop();
  if (stack.length <= count || names.length > count) return null;
  const values = stack.splice(stack.length - count, count);
  const callee = stack.pop();
  if (callee?.kind !== 'path') return null;
  const positional = values.slice(0, count - names.length);
  const named = new Map(
    names.flatMap((name, index) => {
      const value = values[positional.length + index];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  return { kind: 'call', path: callee.path, positional, named };
}

function product(stack: Expression[]): Expression | null {
  const right = stack.pop();
  const left = stack.pop();
  return left && right ? { kind: 'product', factors: [left, right] } : null;
}
