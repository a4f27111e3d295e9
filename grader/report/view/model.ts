import type { ModelSummary } from '../../contract.ts';
import { type DiagramBox, modelDiagram } from '../charts/model-diagram.ts';
import { summaryShape } from '../../text/shape.ts';
import { count } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';

interface ModelView {
  readonly layers: readonly (Omit<DiagramBox, 'inputs'> & {
    /** The names of the layers before it, where they are more than the one above it. */
    readonly from: string;
  })[];
  readonly input: string;
  readonly total: string;
  readonly trainable: string;
  readonly frozen: string;
  readonly layersLeftOut: string;
  readonly isLong: boolean;
  readonly hasBranches: boolean;
  readonly diagram: Diagram | null;
  /** Whether the table of layers stands beside it, not below it. */
  readonly isBeside: boolean;
  /** Why there is none; empty where there is one, or an older report does not say what is connected. */
  readonly noDiagram: string;
}

interface Diagram {
  readonly svg: string;
  /** What it shows, for who cannot see it. */
  readonly label: string;
  readonly isNarrow: boolean;
  /** Whether one printed page would make it too small to read. */
  readonly isLarge: boolean;
}

const layersShown = 300;
const layersOpen = 40;
const namesShown = 4;
/** Pixels. */
const widestBeside = 310;
const largestPrinted = { width: 1100, height: 1700 };

export function modelView(model: ModelSummary, words: Words): ModelView {
  const boxes = boxesOf(model);
  const hasBranches = boxes.some(({ inputs }, at) => inputs.join() !== (at ? String(at - 1) : ''));
  const isKnown = model.layers.some(({ inputs }) => inputs);
  const diagram = isKnown ? diagramOf(boxes, { hasBranches, words }) : null;
  return {
    layers: boxes.slice(0, layersShown).map(({ inputs, ...box }) => ({
      ...box,
      from: isKnown && hasBranches ? namesOf(inputs, boxes) : '',
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
    hasBranches: isKnown && hasBranches,
    diagram,
    isBeside: diagram?.isNarrow ?? false,
    noDiagram: isKnown && !diagram ? words.model.noDiagram(boxes.length) : '',
  };
}

function boxesOf({ layers }: ModelSummary): readonly DiagramBox[] {
  return layers.map(({ name, className, outputShape, parameters, inputs = [] }) => ({
    name: shortened(name, 60),
    className: shortened(className, 60),
    shape: summaryShape(outputShape),
    parameters: count(parameters),
    inputs: inputs.filter((place) => place < layers.length),
  }));
}

function diagramOf(
  boxes: readonly DiagramBox[],
  { hasBranches, words }: { readonly hasBranches: boolean; readonly words: Words },
): Diagram | null {
  const drawn = modelDiagram(boxes);
  if (!drawn) return null;
  const { svg, width, height } = drawn;
  return {
    svg,
    label: words.model.diagram(boxes.length, hasBranches),
    isNarrow: width <= widestBeside,
    isLarge: width > largestPrinted.width || height > largestPrinted.height,
  };
}

function namesOf(inputs: readonly number[], boxes: readonly DiagramBox[]): string {
  const names = inputs.slice(0, namesShown).map((place) => boxes[place]?.name ?? '');
  return [...names, ...(inputs.length > namesShown ? ['…'] : [])].join(', ');
}
