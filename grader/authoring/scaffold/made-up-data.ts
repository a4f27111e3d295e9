import type { Task } from '../../contract/task.ts';

/** Numbers by which a new problem runs before it has its own data: no linear model can learn them. */
export function madeUpData(task: Task): string {
  return task === 'forecast' ? series() : rows(task);
}

/** Points that lie evenly and far from each other: M. Roberts, The unreasonable effectiveness of quasirandom sequences, 2018. */
function rows(task: Exclude<Task, 'forecast'>): string {
  const lines = Array.from({ length: 400 }, (_, row) => {
    const [x, y] = [
      ((0.5 + row * 0.7548776662) % 1) * 2 - 1,
      ((0.5 + row * 0.569840291) % 1) * 2 - 1,
    ];
    return [x.toFixed(3), y.toFixed(3), targets[task](x * y)].join(',');
  });
  return `${['x,y,target', ...lines].join('\n')}\n`;
}

const targets: Readonly<Record<Exclude<Task, 'forecast'>, (product: number) => string>> = {
  regression: (product) => (3 * product).toFixed(3),
  binary: (product) => (product > 0 ? '1' : '0'),
  multiclass: (product) => (product > 0.15 ? '2' : product < -0.15 ? '0' : '1'),
};

/** Two waves of different length. */
function series(): string {
  const lines = Array.from({ length: 600 }, (_, step) => {
    const value = 50 + 30 * Math.sin(step / 5) + 15 * Math.sin(step / 1.7);
    return `${step},${value.toFixed(2)}`;
  });
  return `${['step,value', ...lines].join('\n')}\n`;
}
