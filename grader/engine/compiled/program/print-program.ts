import type { AttributeValue } from './attributes.ts';
import { numbersOf } from './literals.ts';
import type { Constant, Operation, Program, Value } from './program.ts';

/** A program as text, one line for each value, for people and for tests that compare it. */
export function printProgram(program: Program): string {
  return linesOf(program).join('\n');
}

function linesOf(program: Program): string[] {
  return [
    ...program.inputs.map(({ name, value }) => `input ${show(value)} ${name}`),
    ...program.variables.map(({ name, value }) => `variable ${show(value)} ${name}`),
    ...program.constants.map((constant) => `constant ${show(constant.value)} ${data(constant)}`),
    ...program.operations.flatMap(operation),
    ...program.outputs.map(({ name, id }) => `output ${name} = %${id}`),
    ...program.assignments.map(({ name, id }) => `assign ${name} = %${id}`),
  ];
}

function operation({ op, attributes, inputs, outputs, body }: Operation): string[] {
  const given = inputs.map((id) => `%${id}`).join(', ');
  const options = Object.entries(attributes)
    .filter(([name]) => !['T', 'Tidx', 'Tshape'].includes(name))
    .map(([name, value]) => ` ${name}=${attribute(value)}`);
  const line = `${outputs.map(show).join(', ')} = ${op}(${given})${options.join('')}`;
  if (!body) return [line];
  const direction = body.isReversed ? ' reversed' : '';
  return [`${line}${direction} {`, ...linesOf(body.program).map((inner) => `  ${inner}`), '}'];
}

function show({ id, shape, dtype }: Value): string {
  return `%${id}:${dtype}[${shape.join(',')}]`;
}

const mostNumbers = 8;

function data(constant: Constant): string {
  const numbers = numbersOf(constant, constant.value.dtype);
  const rest = numbers.length > mostNumbers ? `, ... ${numbers.length} numbers` : '';
  return `[${numbers.slice(0, mostNumbers).map(short).join(', ')}${rest}]`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(7)));
}

function attribute(value: AttributeValue): string {
  const [inner] = Object.values(value) as unknown[];
  return Array.isArray(inner) ? `[${inner.join(',')}]` : String(inner);
}
