import { gather, traceBackendName } from '../../tensorflow/native-ops.ts';
import { nodeBackend } from '../../tensorflow/node-backend.ts';
import { tf, type Tensor, type Variable } from '../../tensorflow/tf.ts';
import type { DataType } from '../program/attributes.ts';
import type { NamedId, Program } from '../program/program.ts';
import { Recorder } from './recorder.ts';
import { CompileRefusal } from './refusal.ts';
import { registerTracedScan } from './scan-kernel.ts';
import { TraceBackend } from './trace-backend.ts';

export interface TracedInput {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DataType;
}

interface TraceRequest {
  readonly inputs: readonly TracedInput[];
  /** Everything that the function reads or assigns and that lives on between steps. */
  readonly variables: readonly { readonly name: string; readonly variable: Variable }[];
  readonly body: (inputs: readonly Tensor[]) => Readonly<Record<string, Tensor>>;
}

/**
 * Runs a function of TF.js once without computing anything and answers the program that it is.
 * Throws `CompileRefusal` for what a program cannot hold: an op without a shape rule, a value read
 * or drawn at random in JavaScript, a tensor from outside.
 */
export function trace(request: TraceRequest): Program {
  const backend = traceBackend();
  const before = tf.getBackend();
  const { random } = Math;
  Math.random = () => {
    throw new CompileRefusal('JavaScript draws a random number');
  };
  void tf.setBackend(traceBackendName);
  try {
    return record(backend, request);
  } finally {
    void tf.setBackend(before);
    Math.random = random;
  }
}

function record(backend: TraceBackend, request: TraceRequest): Program {
  const recorder = new Recorder();
  return backend.recordInto(recorder, () =>
    withRecordedAssigns(request.variables, () => {
      for (const { name, variable } of request.variables) {
        const { shape, dtype } = variable;
        const value = recorder.addVariable(name, { shape, dtype: dtype as DataType });
        recorder.bind(variable.dataId, value);
      }
      const before = request.variables.map(({ variable }) => variable.dataId);
      const outputs: NamedId[] = [];
      const assignments: NamedId[] = [];
      tf.tidy(() => {
        const inputs = request.inputs.map(({ name, ...type }) =>
          backend.tensorOf(recorder.addInput(name, type)),
        );
        for (const [name, tensor] of Object.entries(request.body(inputs))) {
          outputs.push({ name, id: backend.valueFor(tensor).id });
        }
        request.variables.forEach(({ name, variable }, index) => {
          if (variable.dataId === before[index]) return;
          assignments.push({ name, id: backend.valueFor(variable).id });
        });
      });
      return recorder.finish({ outputs, assignments });
    }),
  );
}

/** An assigned variable stands for its new value until the trace ends; the real one is untouched. */
function withRecordedAssigns<Result>(
  variables: TraceRequest['variables'],
  work: () => Result,
): Result {
  const prototype = tf.Variable.prototype as { assign: (value: Tensor) => void };
  const { assign } = prototype;
  const real = new Map(variables.map(({ variable }) => [variable, variable.dataId]));
  prototype.assign = function (this: Variable, value: Tensor) {
    if (!real.has(this)) throw new CompileRefusal(`the step assigns a variable of no layer`);
    this.dataId = value.dataId;
  };
  try {
    return work();
  } finally {
    prototype.assign = assign;
    for (const [variable, dataId] of real) variable.dataId = dataId;
  }
}

let backend: TraceBackend | undefined;

function traceBackend(): TraceBackend {
  if (backend) return backend;
  const made = new TraceBackend(nodeBackend());
  tf.registerBackend(traceBackendName, () => made, 0);
  tf.copyRegisteredKernels('tensorflow', traceBackendName);
  replaceKernel('GatherV2', gatherKernel);
  registerTracedScan(made);
  backend = made;
  return made;
}

type Kernel = Parameters<typeof tf.registerKernel>[0]['kernelFunc'];

function replaceKernel(kernelName: string, kernelFunc: Kernel): void {
  tf.unregisterKernel(kernelName, traceBackendName);
  tf.registerKernel({ kernelName, backendName: traceBackendName, kernelFunc });
}

const gatherKernel: Kernel = ({ inputs, attrs }) => {
  const { x, indices } = inputs as { x: Tensor; indices: Tensor };
  return gather(x, indices, attrs as { axis: number; batchDims: number });
};
