import {
  classNamed,
  firstShape,
  replaceClass,
  type BaseLayer,
  type LayerShape,
} from '../class-map.ts';

interface ReshapeLayer extends BaseLayer {
  readonly targetShape: LayerShape;
  fixUnknownDimension(from: LayerShape, to: LayerShape): LayerShape;
}

/** Reshape that says its output's size where -1 stands for one; TF.js asks for the batch size. */
export function registerReshape(): void {
  const Base = classNamed<ReshapeLayer>('Reshape');
  replaceClass(
    'Reshape',
    class Reshape extends Base {
      override computeOutputShape(shape: LayerShape): LayerShape {
        const [batch = null, ...sizes] = firstShape(shape);
        if (sizes.includes(null)) return super.computeOutputShape(shape);
        return [batch, ...this.fixUnknownDimension(sizes, this.targetShape)];
      }
    },
  );
}
