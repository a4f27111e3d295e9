import type { LayersModel, Scalar } from '../tensorflow/tf.ts';

/** A layer, or a model with layers of its own. */
interface LayerTree {
  readonly layers?: readonly LayerTree[];
  calculateLosses(): Scalar[];
}

/** The regularizers' penalties: once for each layer, as in Keras; TF.js adds them for every call. */
export function penaltiesOf(model: LayersModel): readonly Scalar[] {
  const layers = new Set<LayerTree>();
  const visit = (layer: LayerTree) => {
    if (layer.layers) layer.layers.forEach(visit);
    else layers.add(layer);
  };
  visit(model);
  return [...layers].flatMap((layer) => layer.calculateLosses());
}
