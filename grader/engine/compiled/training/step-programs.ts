import type { Augmentation } from '../../../contract.ts';
import { augmentImages, drawnNumbers } from '../../train/augment.ts';
import { coefficientNames, type Optimizer } from '../../train/optimizer.ts';
import type { SlotStarts } from '../../train/optimizers/definition.ts';
import type { PartSource } from '../../train/sources.ts';
import type { StepBatch, TrainingStep } from '../../train/training-step.ts';
import { variableOf } from '../../model/model.ts';
import type { Tensor, Variable } from '../../tensorflow/tf.ts';
import { namedReaders } from './part-data.ts';
import { optimize } from '../passes/index.ts';
import { mapValues } from '../program/map-values.ts';
import { namesOf, type Program } from '../program/program.ts';
import { trace, type TracedInput } from '../trace/trace.ts';
import { present } from '../present.ts';

interface BatchSource extends Pick<PartSource, 'inputs' | 'targets'> {
  readonly isWeighted: boolean;
  readonly augmentation: Augmentation | null;
}

/** Names of programs' inputs and outputs, which the graph joins by. */
export const names = {
  gradient: (index: number) => `gradient/${index}`,
  metric: (index: number) => `metric/${index}`,
  coefficient: (name: string) => `coefficient/${name}`,
  slot: (index: number, name: string) => `slot/${index}/${name}`,
  weight: (index: number) => `weight/${index}`,
};

/**
 * Forward and backward for a batch of one size. Inputs: `inputs`, `targets` (numbered where they are
 * several), `weights`, `projections`, `step`; outputs: `loss`, metrics, gradients. Variables are the
 * model's weights; moving statistics of BatchNormalization are assigned.
 */
export function gradientProgram(
  step: TrainingStep,
  source: BatchSource,
  { batch, usesGpu }: { batch: number; usesGpu: boolean },
): Program {
  const { augmentation } = source;
  const inputs = [
    ...storedInputs(source, batch),
    ...(source.isWeighted ? [{ name: 'weights', shape: [batch], dtype: 'float32' } as const] : []),
    ...(augmentation
      ? [
          {
            name: 'projections',
            shape: [batch, drawnNumbers(augmentation)],
            dtype: 'float32',
          } as const,
        ]
      : []),
    { name: 'step', shape: [], dtype: 'int32' } as const,
  ];
  const program = trace({
    inputs,
    variables: variablesOf(step),
    body: (tensors) => {
      const given = byName(inputs, tensors);
      const formed = formedBatch(source, given);
      const augment = (images: Tensor) =>
        augmentation ? augmentImages(images, given('projections'), augmentation) : images;
      const result = step.differentiate(
        {
          inputs: formed.inputs.map(augment),
          targets: formed.targets,
          weights: source.isWeighted ? given('weights') : null,
        },
        given('step'),
      );
      return {
        loss: result.loss,
        ...numbered(result.metrics, names.metric),
        ...numbered(result.gradients, names.gradient),
      };
    },
  });
  return optimize(program, usesGpu);
}

/** Loss and metrics in inference mode for a batch of one size. */
export function evaluationProgram(step: TrainingStep, source: BatchSource, batch: number): Program {
  const inputs = storedInputs(source, batch);
  const program = trace({
    inputs,
    variables: variablesOf(step),
    body: (tensors) => {
      const given = byName(inputs, tensors);
      const result = step.evaluate({ ...formedBatch(source, given), weights: null });
      return { loss: result.loss, ...numbered(result.metrics, names.metric) };
    },
  });
  return optimize(program);
}

/**
 * From gradients to new weights: clipping, the optimizer's rule, constraints. A weight that
 * TensorFlow has a fused op for only has its clipped gradient as an output; the others have new
 * values of weight and slots.
 */
export function updateProgram(step: TrainingStep, optimizer: Optimizer): Program {
  const float = (name: string, shape: readonly number[]): TracedInput => ({
    ...{ name, shape, dtype: 'float32' },
  });
  const slots = step.variables.map(({ shape }) => optimizer.slots(shape));
  const coefficients = coefficientNames(optimizer);
  const inputs = [
    ...coefficients.map((name) => float(names.coefficient(name), [])),
    ...step.variables.flatMap(({ shape }, index) => [
      float(names.gradient(index), shape),
      float(names.weight(index), shape),
      ...Object.entries(slots[index] ?? {}).map(([name, slot]) =>
        float(names.slot(index, name), slot.shape),
      ),
    ]),
  ];
  const constraints = step.constraints();
  const program = trace({
    inputs,
    variables: [],
    body: (tensors) => {
      const given = byName(inputs, tensors);
      const numbers = Object.fromEntries(
        coefficients.map((name) => [name, given(names.coefficient(name))]),
      );
      const clipped = optimizer.clip(
        step.variables.map((_, index) => given(names.gradient(index))),
      );
      const outputs: Record<string, Tensor> = {};
      step.variables.forEach((variable, index) => {
        const gradient = clipped[index] as Tensor;
        if (isFused(step, optimizer, variable)) {
          outputs[names.gradient(index)] = gradient;
          return;
        }
        const before = mapValues(slots[index] ?? {}, (_, name) => given(names.slot(index, name)));
        const after = optimizer.update({
          ...{ variable: given(names.weight(index)), gradient },
          ...{ slots: before, coefficients: numbers },
        });
        outputs[names.weight(index)] =
          constraints.get(variable)?.(after.variable) ?? after.variable;
        for (const [name, slot] of Object.entries(after.slots)) {
          outputs[names.slot(index, name)] = slot;
        }
      });
      return outputs;
    },
  });
  return optimize(program);
}

export function isFused(step: TrainingStep, optimizer: Optimizer, variable: Variable): boolean {
  return optimizer.fused !== null && !step.constraints().has(variable);
}

/** What is kept for a variable before the first step, and what only the fused op keeps. */
export function slotStarts(
  step: TrainingStep,
  optimizer: Optimizer,
  variable: Variable,
): SlotStarts {
  const { shape } = variable;
  const own = optimizer.slots(shape);
  if (!isFused(step, optimizer, variable)) return own;
  const extra = (optimizer.fused?.arguments ?? []).flatMap((argument) =>
    typeof argument === 'object' && 'slot' in argument ? [argument.slot] : [],
  );
  return { ...Object.fromEntries(extra.map((name) => [name, { shape, value: 0 }])), ...own };
}

function storedInputs(source: BatchSource, batch: number): TracedInput[] {
  return namedReaders(source).map(([name, { array, dtype }]) => ({
    ...{ name, shape: [batch, ...array.shape.slice(1)], dtype },
  }));
}

function formedBatch(
  { inputs, targets }: BatchSource,
  given: (name: string) => Tensor,
): Pick<StepBatch, 'inputs' | 'targets'> {
  const formed = (kind: string, readers: BatchSource['inputs']) => {
    const names = namesOf(kind, readers);
    return readers.map((reader, index) =>
      reader.form(given(present(names[index], `name of input ${index}`))),
    );
  };
  return { inputs: formed('inputs', inputs), targets: formed('targets', targets) };
}

function variablesOf({ model }: TrainingStep) {
  return model.weights.map((weight) => ({
    name: weight.name,
    variable: variableOf(model, weight),
  }));
}

function byName(inputs: readonly TracedInput[], tensors: readonly Tensor[]) {
  return (name: string): Tensor => {
    const found = tensors[inputs.findIndex((input) => input.name === name)];
    if (!found) throw new Error(`a step has no input ${name}`);
    return found;
  };
}

function numbered(tensors: readonly Tensor[], name: (index: number) => string) {
  return Object.fromEntries(tensors.map((tensor, index) => [name(index), tensor]));
}
