import type { StoredLayerOptions } from '../../../recipe/layers.ts';
import type { Argument } from '../references.ts';
import { one, type Operation, type OperationCall, type Steps } from './operation.ts';

type Name = StoredLayerOptions<'Arithmetic'>['function'];

/** An operation of two values, at least one of which is a tensor. */
export function twoValues(name: Name): Operation {
  return ({ operands }: OperationCall) => {
    const [first, second, ...others] = operands;
    if (!first || !second || others.length > 0) return null;
    if (isTensor(first) && isTensor(second)) return one('Arithmetic', { function: name });
    if (isTensor(first)) return withConstant(name, second, false);
    return isTensor(second) ? withConstant(name, first, true) : null;
  };
}

function isTensor(operand: Argument): boolean {
  return operand.kind === 'tensors' && operand.references.length === 1;
}

function withConstant(name: Name, operand: Argument, constantFirst: boolean): Steps | null {
  const constant = operand.kind === 'constant' ? operand.value : null;
  if (typeof constant === 'number') {
    const line = constantFirst ? numberFirst(name, constant) : numberSecond(name, constant);
    if (line) return one('Rescaling', { ...line });
  } else if (!isList(constant)) return null;
  return one('Arithmetic', { function: name, constant, constant_first: constantFirst });
}

function isList(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'number');
}

type Line = { readonly scale: number; readonly offset: number };

function numberSecond(name: Name, number: number): Line | null {
  switch (name) {
    case 'add':
      return { scale: 1, offset: number };
    case 'subtract':
      return { scale: 1, offset: -number };
    case 'multiply':
      return { scale: number, offset: 0 };
    case 'divide':
      return { scale: 1 / number, offset: 0 };
    default:
      return null;
  }
}

function numberFirst(name: Name, number: number): Line | null {
  switch (name) {
    case 'add':
      return { scale: 1, offset: number };
    case 'subtract':
      return { scale: -1, offset: number };
    case 'multiply':
      return { scale: number, offset: 0 };
    default:
      return null;
  }
}
