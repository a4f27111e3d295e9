/** What the targets of a problem are: a number, one of several classes, one of two, the steps of a series. */
export const tasks = ['regression', 'multiclass', 'binary', 'forecast'] as const;

export type Task = (typeof tasks)[number];

/** Whether the targets are labels of classes; else they are values. */
export function isClassification(task: Task): boolean {
  return task === 'multiclass' || task === 'binary';
}

/** Other words for tasks, and their own. */
export const taskNames: Readonly<Record<string, Task>> = {
  ...Object.fromEntries(tasks.map((task) => [task, task])),
  classification: 'multiclass',
  sequence: 'forecast',
};
