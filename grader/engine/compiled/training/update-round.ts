import { coefficientNames, type Optimizer } from '../../train/optimizer.ts';
import type { TrainingStep } from '../../train/training-step.ts';
import { typed } from '../graph/graph-builder.ts';
import type { Round } from '../graph/round.ts';
import type { GraphVariable } from '../graph/state.ts';
import { feeds } from '../graph/batch-loop.ts';
import { vectorLiteral } from '../program/literals.ts';
import { mapValues } from '../program/map-values.ts';
import type { Program } from '../program/program.ts';
import { isFused, names } from './step-programs.ts';
import { present } from '../present.ts';

/** The state that an update changes, in the order of the trained variables. */
interface UpdateState {
  readonly weights: readonly GraphVariable[];
  readonly slots: readonly Readonly<Record<string, GraphVariable>>[];
}

export interface UpdateRequest {
  readonly step: TrainingStep;
  readonly optimizer: Optimizer;
  readonly program: Program;
  readonly state: UpdateState;
}

/** Nodes that clip gradients and change weights and slots; answers those that change something. */
export function updateRound(
  round: Round,
  request: UpdateRequest,
  values: { reads: readonly string[]; gradients: readonly string[] },
): readonly string[] {
  const { step, optimizer, program, state } = request;
  const isFusedAt = step.variables.map((variable) => isFused(step, optimizer, variable));
  const coefficients = coefficientsOf(round, optimizer);
  const slotReads = state.slots.map((slots, index) =>
    isFusedAt[index] ? {} : mapValues(slots, (slot) => round.read(slot)),
  );
  const given: Record<string, string> = {};
  for (const [name, node] of Object.entries(coefficients)) given[names.coefficient(name)] = node;
  step.variables.forEach((_, index) => {
    given[names.gradient(index)] = present(values.gradients[index], `gradient ${index}`);
    given[names.weight(index)] = present(values.reads[index], `weight ${index}`);
    for (const [name, node] of Object.entries(slotReads[index] ?? {})) {
      given[names.slot(index, name)] = node;
    }
  });
  const { output } = round.emit(program, { given, reads: [] });
  return step.variables.flatMap((_, index) => {
    const read = present(values.reads[index], `weight ${index}`);
    const weight = state.weights[index] as GraphVariable;
    const slots = state.slots[index] ?? {};
    if (isFusedAt[index]) {
      const gradient = output(names.gradient(index));
      return [applyFused(round, optimizer, { weight, slots, read, gradient, coefficients })];
    }
    const changed = Object.entries(slots).map(([name, slot]) =>
      round.assign(slot, output(names.slot(index, name)), [
        present(slotReads[index]?.[name], `slot ${name}`),
      ]),
    );
    return [...changed, round.assign(weight, output(names.weight(index)), [read])];
  });
}

/** The step's coefficients, one scalar node each. */
function coefficientsOf(round: Round, optimizer: Optimizer): Readonly<Record<string, string>> {
  const keys = coefficientNames(optimizer);
  const row = round.part(feeds.coefficients, 'float32', [1, keys.length]);
  const flat = round.graph.add({
    ...{ op: 'Reshape', inputs: [row, round.constant(vectorLiteral([keys.length], 'int32'))] },
    attributes: { ...typed('float32'), Tshape: { type: 'int32' } },
  });
  const all = round.graph.add({
    ...{ op: 'Unpack', inputs: [flat] },
    attributes: { ...typed('float32'), num: { int: keys.length }, axis: { int: 0 } },
  });
  return Object.fromEntries(keys.map((key, index) => [key, index === 0 ? all : `${all}:${index}`]));
}

interface FusedState {
  readonly weight: GraphVariable;
  readonly slots: Readonly<Record<string, GraphVariable>>;
  readonly read: string;
  readonly gradient: string;
  readonly coefficients: Readonly<Record<string, string>>;
}

function applyFused(round: Round, optimizer: Optimizer, state: FusedState): string {
  const { fused } = optimizer;
  if (!fused) throw new Error(`no fused update for ${optimizer.name}`);
  const { weight, slots, read, gradient, coefficients } = state;
  const { decay } = coefficients;
  const decayed = decay && round.add('Mul', [read, decay], 'float32');
  const before = decayed ? round.assign(weight, decayed, [read]) : read;
  const nodes = fused.arguments.map((argument) => {
    if (argument === 'gradient') return gradient;
    if ('coefficient' in argument)
      return present(coefficients[argument.coefficient], `coefficient ${argument.coefficient}`);
    if ('number' in argument) return round.number(argument.number, 'float32');
    return round.outside(present(slots[argument.slot], `slot ${argument.slot}`).handle, 'resource');
  });
  // An update while something still reads the old weights would make TensorFlow copy them first.
  const readers = round.graph.usersOf(read).filter((node) => node !== before);
  return round.graph.add({
    op: fused.op,
    inputs: [
      ...[round.outside(weight.handle, 'resource'), ...nodes],
      ...[before, ...readers].map((node) => `^${node}`),
    ],
    attributes: fused.attributes,
  });
}
