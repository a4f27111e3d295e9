import { expect, test } from '@jest/globals';
import { seededRandom, type Random } from '../../grader/random.ts';
import { callOrder, type CalledLayer, type Reference } from '../../grader/recipe/call-order.ts';

/** A model whose layers are called several times and stand in any order. */
function randomModel(random: Random): readonly CalledLayer[] {
  const upTo = (limit: number) => Math.floor(random() * limit);
  const calls = Array.from({ length: 2 + upTo(12) }, (): (readonly Reference[])[] => []);
  const made: Reference[] = [['in', 0]];
  for (let count = 0; count < 3 * calls.length; count++) {
    const layer = upTo(calls.length);
    const inputs = Array.from({ length: 1 + upTo(3) }, () => made[upTo(made.length)] ?? ['in', 0]);
    calls[layer]?.push(inputs as Reference[]);
    made.push([`layer${layer}`, (calls[layer]?.length ?? 0) - 1]);
  }
  const layers = calls.map((each, index) => ({
    ...{ name: `layer${index}`, isInput: false, calls: each },
  }));
  return layers.toSpliced(upTo(layers.length), 0, { name: 'in', isInput: true, calls: [] });
}

/** Keras's way, round after round (`functional_from_config`). */
function inRounds(layers: readonly CalledLayer[]): string[] {
  const done = new Map(layers.map(({ name, isInput }) => [name, isInput ? 1 : 0]));
  const order: string[] = [];
  for (let before = -1; before < order.length;) {
    before = order.length;
    for (const { name, calls } of layers) {
      for (const inputs of calls.slice(done.get(name))) {
        if (inputs.some(([from, call]) => call >= (done.get(from) ?? 0))) break;
        order.push(`${name}:${done.get(name)}`);
        done.set(name, (done.get(name) ?? 0) + 1);
      }
    }
  }
  return order;
}

test('calls stand in the order in which Keras makes them, wherever their layers stand', () => {
  const random = seededRandom(1);
  for (let count = 0; count < 300; count++) {
    const layers = randomModel(random);
    const { order, stuck } = callOrder(layers);
    const numbers = new Map<string, number>();
    const found = order.map(({ layer: { name } }) => {
      const number = numbers.get(name) ?? 0;
      numbers.set(name, number + 1);
      return `${name}:${number}`;
    });
    expect(stuck).toBeNull();
    expect(found).toEqual(inRounds(layers));
  }
});

const start = { name: 'in', isInput: true, calls: [] };
const called = (name: string, ...calls: (readonly Reference[])[]): CalledLayer => ({
  ...{ name, isInput: false, calls },
});

test.each<[string, CalledLayer]>([
  ['itself', called('a', [['a', 0]])],
  ['a later call of itself', called('a', [['a', 1]], [['in', 0]])],
  ['a layer that is not there', called('a', [['b', 0]])],
  ['a call that is not there', called('a', [['in', 1]])],
])('a layer that waits for %s is stuck', (_, layer) => {
  expect(callOrder([start, layer])).toMatchObject({ order: [], stuck: { name: 'a' } });
});

test('a call that could come before an earlier one of its layer is told', () => {
  const shared = called('shared', [['late', 0]], [['in', 0]]);
  const late = called('late', [['in', 0]]);
  expect(callOrder([start, shared, late]).shuffled?.name).toBe('shared');
  expect(callOrder([start, late, shared]).shuffled).toBeNull();
  const chain = called('chain', [['in', 0]], [['chain', 0]], [['chain', 1]]);
  expect(callOrder([chain, start])).toMatchObject({ shuffled: null, stuck: null });
});
