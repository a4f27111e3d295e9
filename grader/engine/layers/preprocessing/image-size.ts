import { tf, type Tensor } from '../../tensorflow/tf.ts';
import {
  firstShape,
  floatInput,
  layerBase,
  replaceClass,
  type BaseLayer,
  type Config,
  type LayerClass,
  type LayerShape,
} from '../class-map.ts';
import { resizeImages } from './resize-images.ts';

/** Keras's Resizing and CenterCrop; those of TF.js sample elsewhere and have no gradients. */
export function registerImageSize(): void {
  registerResizing();
  registerCenterCrop();
}

interface SizedLayer extends BaseLayer {
  readonly size: readonly [number, number];
}

/** A layer that gives pictures of its `height` and `width`, whatever it gets. */
const SizedLayer: LayerClass<SizedLayer> = class extends layerBase {
  readonly size: readonly [number, number];
  readonly inputSpec = [{ ndim: 4 }];

  constructor(config: Config) {
    super(config);
    this.size = [config['height'] as number, config['width'] as number];
  }

  override computeOutputShape(shape: LayerShape): LayerShape {
    const [batch = null, , , channels = null] = firstShape(shape);
    return [batch, ...this.size, channels];
  }

  override getConfig(): Record<string, unknown> {
    const [height, width] = this.size;
    return { ...super.getConfig(), height, width };
  }
};

function registerResizing(): void {
  replaceClass(
    'Resizing',
    class Resizing extends SizedLayer {
      private readonly interpolation: 'bilinear' | 'nearest';

      constructor(config: Config) {
        super(config);
        this.interpolation = config['interpolation'] === 'nearest' ? 'nearest' : 'bilinear';
      }

      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        return tf.tidy(() => resizeImages(floatInput(inputs), this.size, this.interpolation));
      }

      override getConfig(): Record<string, unknown> {
        return { ...super.getConfig(), interpolation: this.interpolation };
      }
    },
  );
}

function registerCenterCrop(): void {
  replaceClass(
    'CenterCrop',
    class CenterCrop extends SizedLayer {
      override call(inputs: Tensor | Tensor[]): Tensor | Tensor[] {
        return tf.tidy(() => cropToSize(floatInput(inputs), this.size));
      }
    },
  );
}

/** A picture that is too small is first cut to the wanted proportions, then enlarged. */
function cropToSize(images: Tensor, size: readonly [number, number]): Tensor {
  const [, height = 0, width = 0] = images.shape;
  const [rows, columns] = size;
  if (height >= rows && width >= columns) return center(images, size);
  const part = (length: number, wanted: number) =>
    Math.max(Math.min(length, Math.trunc(wanted)), 1);
  const cut = [
    part(height, (width * rows) / columns),
    part(width, (height * columns) / rows),
  ] as const;
  return resizeImages(center(images, cut), size, 'bilinear');
}

function center(images: Tensor, [rows, columns]: readonly [number, number]): Tensor {
  const [batch = 0, height = 0, width = 0, channels = 0] = images.shape;
  const begin = [0, Math.floor((height - rows) / 2), Math.floor((width - columns) / 2), 0];
  return tf.slice(images, begin, [batch, rows, columns, channels]);
}
