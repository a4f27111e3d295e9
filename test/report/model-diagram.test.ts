import { expect, test } from '@jest/globals';
import type { LayerSummary } from '../../grader/contract.ts';
import { type DiagramBox, modelDiagram } from '../../grader/report/charts/model-diagram.ts';
import { renderHtml } from '../../grader/report/html.ts';
import { golden, withLayers } from './golden.ts';

test('every layer is a box and every connection an arrow, from the box above to the one below', () => {
  const svg = drawn([[], [0], [0], [1, 2]]);
  expect(svg.match(/<rect width/g)).toHaveLength(4);
  expect(svg.match(/marker-end/g)).toHaveLength(4);
  const [top = NaN, left = NaN, right = NaN, bottom = NaN] = heights(svg);
  expect(left).toBe(right);
  expect([top, left, bottom]).toEqual([top, left, bottom].toSorted((a, b) => a - b));
});

test('an arrow that passes beside all boxes is within the picture', () => {
  const svg = drawn([[], [0], [1], [2], [3, 0], [4, 0]]);
  const [from = NaN, , width = NaN] =
    /viewBox="([^"]*)"/.exec(svg)?.[1]?.split(' ').map(Number) ?? [];
  const across = [...svg.matchAll(/[MC ](-?[\d.]+) -?[\d.]+/g)].map(([, x]) => Number(x));
  expect(Math.min(...across)).toBeGreaterThanOrEqual(from);
  expect(Math.max(...across)).toBeLessThanOrEqual(from + width);
});

test('a layer that takes its own output, and two that take each other’s, are drawn', () => {
  expect(drawn([[], [0, 1]])).toContain('marker-end');
  expect(drawn([[], [0, 2], [1]]).match(/marker-end/g)).toHaveLength(3);
});

test('150 layers with a shortcut around every six are drawn, in a second of a processor', () => {
  drawn(dense(1));
  const started = process.cpuUsage();
  expect(drawn(dense(21)).match(/<rect width/g)).toHaveLength(148);
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(1000);
});

test('what has more layers or connections than can be drawn is not, and the page says so', () => {
  const many = Array.from({ length: 300 }, (_, at) => (at === 0 ? [] : [at - 1]));
  expect(modelDiagram(boxesOf(many))).toBeNull();
  const all = Array.from({ length: 40 }, (_, at) => Array.from({ length: at }, (__, from) => from));
  expect(modelDiagram(boxesOf(all))).toBeNull();
  expect(renderHtml(withLayers(layersOf(all)))).toContain('There is no diagram of this model');
});

test('long names are cut, and no text is markup', () => {
  const svg = modelDiagram([
    { ...box, className: '<b>&'.repeat(40), name: '층'.repeat(90), inputs: [] },
  ]);
  expect(svg?.svg).not.toContain('<b>');
  expect(svg?.svg).toContain('&lt;b&gt;&amp;');
  const texts = [...(svg?.svg ?? '').matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = '']) => text);
  for (const text of texts) expect(text.replace(/&\w+;/g, '.').length).toBeLessThan(40);
});

test('the table names what a layer is connected to where the model branches, and else does not', () => {
  const branched = renderHtml(withLayers(layersOf([[], [0], [0], [1, 2]])));
  expect(branched).toContain('Connected to');
  expect(branched).toContain('<bdi>layer_1, layer_2</bdi>');
  expect(renderHtml(withLayers(layersOf([[], [0], [1]])))).not.toContain('Connected to');
});

test('an older report, which does not say what is connected, has no diagram and says nothing of it', () => {
  const layers = ['layer_0', 'layer_1'].map((name) => ({
    ...{ name, className: 'Dense', outputShape: [1], parameters: 2 },
  }));
  const html = renderHtml(withLayers(layers));
  expect(html).not.toContain('layer-arrow');
  expect(html).not.toContain('There is no diagram');
  expect(html).toContain('layer_1');
});

test('a connection to a layer that is not there is left out', () => {
  expect(renderHtml(withLayers(layersOf([[], [7]])))).not.toContain('marker-end');
  expect(golden('regression').training?.model.layers[0]?.inputs).toEqual([]);
});

const box = { className: 'Dense', name: 'dense', shape: '(None, 1)', parameters: '2' };

function boxesOf(inputs: readonly (readonly number[])[]): DiagramBox[] {
  return inputs.map((from) => ({ ...box, inputs: from }));
}

function layersOf(inputs: readonly (readonly number[])[]): LayerSummary[] {
  return inputs.map((from, at) => ({
    ...{ name: `layer_${at}`, className: 'Dense', outputShape: [1], parameters: 2, inputs: from },
  }));
}

function drawn(inputs: readonly (readonly number[])[]): string {
  return modelDiagram(boxesOf(inputs))?.svg ?? '';
}

function heights(svg: string): number[] {
  return [...svg.matchAll(/translate\(\S+ (\S+)\)/g)].map(([, y]) => Number(y));
}

/** So many blocks of six layers, each with a shortcut around them to a layer that takes both. */
function dense(blocks: number): number[][] {
  const inputs: number[][] = [[]];
  for (let block = 0; block < blocks; block++) {
    const start = inputs.length - 1;
    for (let at = 0; at < 6; at++) inputs.push([inputs.length - 1]);
    inputs.push([start, inputs.length - 1]);
  }
  return inputs;
}
