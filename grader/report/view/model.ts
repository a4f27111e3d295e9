import type { ModelSummary } from '../../contract.ts';
import { summaryShape } from '../../text/shape.ts';
import { count } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';

interface ModelView {
  readonly layers: readonly {
    readonly name: string;
    readonly className: string;
    readonly shape: string;
    readonly parameters: string;
  }[];
  readonly input: string;
  readonly total: string;
  readonly trainable: string;
  readonly frozen: string;
  readonly layersLeftOut: string;
  readonly isLong: boolean;
}

const layersShown = 300;
const layersOpen = 40;

export function modelView(model: ModelSummary, words: Words): ModelView {
  return {
    layers: model.layers.slice(0, layersShown).map((layer) => ({
      name: shortened(layer.name, 60),
      className: shortened(layer.className, 60),
      shape: summaryShape(layer.outputShape),
      parameters: count(layer.parameters),
    })),
    input: summaryShape(model.inputShape),
    total: count(model.parameters),
    trainable: count(model.trainableParameters),
    frozen: count(model.parameters - model.trainableParameters),
    layersLeftOut:
      model.layers.length > layersShown
        ? words.model.layersLeftOut(model.layers.length - layersShown)
        : '',
    isLong: model.layers.length > layersOpen,
  };
}
