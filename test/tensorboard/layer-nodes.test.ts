import { expect, test } from '@jest/globals';
import { layerNodes } from '../../grader/tensorboard/layer-nodes.ts';

test('a layer that is called twice is two nodes, and outputs beyond the first have their number', () => {
  const layer = (name: string, inbound_nodes: unknown, class_name = 'Dense') => ({
    ...{ name, class_name, config: { name }, inbound_nodes },
  });
  const config = {
    layers: [
      layer('input', [], 'InputLayer'),
      layer('dense', [[['input', 0, 0, {}]], [['dense', 0, 0, {}]]]),
      layer('lstm', [[['dense', 1, 0, {}]]], 'LSTM'),
      layer('add', [[['lstm', 0, 0, {}], ['lstm', 0, 1, {}]]], 'Add'), // prettier-ignore
    ],
  };
  const summary = {
    layers: [{ name: 'dense', className: 'Dense', outputShape: [3], parameters: 12 }],
    ...{ parameters: 12, trainableParameters: 12, inputShape: [3], outputShape: [3] },
  };
  const nodes = layerNodes({ class_name: 'Functional', config }, summary);
  expect(nodes.map(({ name, op, inputs }) => [name, op, inputs])).toEqual([
    ['input', 'InputLayer', []],
    ['dense', 'Dense', ['input']],
    ['dense/call_2', 'Dense', ['dense']],
    ['lstm', 'LSTM', ['dense/call_2']],
    ['add', 'Add', ['lstm', 'lstm:1']],
  ]);
  expect(nodes[1]?.attributes).toEqual({
    output_shape: { shape: [-1, 3] },
    parameters: { int: 12 },
  });
});
