import { after, expecting } from './hostile-recipe.ts';

/** What has to be read as it is meant, whatever else is refused. */
export const good = [
  ...expecting('read', {
    good: after(''),
    'good-import-type': after(
      `import type { Layer } from 'grader'; const none: Layer | null = null; console.log(none);`,
    ),
    'good-functional': `import { defineRecipe, input, layers, model } from 'grader';
const x = input({ shape: [9] });
const a = layers.dense({ units: 4, activation: 'relu' }).apply(x);
const b = layers.dense({ units: 4 }).apply(x);
const y = layers.dense({ units: 1 }).apply(layers.add().apply([a, b]));
export default defineRecipe({ model: model({ inputs: x, outputs: y }), compile: { optimizer: 'adam', loss: 'meanSquaredError' }, fit: { epochs: 2 } });`,
    'good-language': after(`enum Size { Small = 3, Big }
type Pick2<T> = T extends string ? 1 : 2;
interface Has { readonly of: Pick2<string>; }
abstract class Base<const T> { constructor(private readonly n: number) {} get value(): number { return this.n; } }
class Derived extends Base<1> {}
const z = <number>(new Derived(Size.Small).value as unknown)!;
function isText(this: void, a?: string): a is string { return true; }
declare global { var q: number; }
console.log(z, isText('x'), ({ of: 1 } satisfies Has).of);`),
    'good-many-layers': `import { defineRecipe, layers, sequential } from 'grader';
const model = sequential([layers.dense({ units: 2, inputShape: [9] })]);
for (let i = 0; i < 150; i++) model.add(layers.dense({ units: 2 }));
export default defineRecipe({ model, compile: { optimizer: 'adam', loss: 'meanSquaredError' }, fit: { epochs: 1 } });`,
    'good-schedule': `import { callbacks, defineRecipe, layers, sequential, train } from 'grader';
export default defineRecipe({ model: sequential([layers.dense({ units: 1, inputShape: [9] })]),
  compile: { optimizer: train.adam({ learningRate: 0.01 }), loss: 'meanSquaredError', metrics: ['mae'] },
  fit: { epochs: 5, batchSize: 8, callbacks: [callbacks.learningRateScheduler((epoch, rate) => rate * 0.9 ** epoch)] } });`,
    'good-prints': after(`console.log('units', 3, { a: [1, 2] }); console.warn('careful');`),
  }),
];
