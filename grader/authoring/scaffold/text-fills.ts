import { isClassification, type Task } from '../../contract/task.ts';
import { firstMetric, inputShape, outputUnits } from './first-definition.ts';

const losses: Readonly<Record<Task, string>> = {
  regression: 'meanSquaredError',
  forecast: 'meanSquaredError',
  binary: 'binaryCrossentropy',
  multiclass: 'sparseCategoricalCrossentropy',
};

const activations: Partial<Readonly<Record<Task, string>>> = {
  binary: "'sigmoid'",
  multiclass: "'softmax'",
};

/** What the texts of a new package have of its task. */
export function textFills(task: Task, file: string) {
  const activation = activations[task];
  const shape = `inputShape: [${inputShape(task).join(', ')}]`;
  const isSeries = task === 'forecast';
  return {
    file,
    loss: losses[task],
    log: firstMetric(task).log,
    units: String(outputUnits(task)),
    flatten: isSeries ? `\n    layers.flatten({ ${shape} }),` : '',
    inputShape: isSeries ? '' : `, ${shape}`,
    lastActivation: activation === undefined ? '' : `, activation: ${activation}`,
    classLine: isClassification(task) ? '\n- Classes, by label from 0: {{classes}}.' : '',
    targets: isClassification(task)
      ? "{ dtype: 'int32', shape: [rows.length], data: Int32Array.from(rows, ({ target }) => target) }"
      : "{\n      dtype: 'float32',\n      shape: [rows.length, 1],\n      data: Float32Array.from(rows, ({ target }) => target),\n    }",
  };
}
