import type { Augmentation } from '../../contract.ts';
import { deriveSeed, seededRandom, type Random } from '../../random.ts';
import { seedPurposes } from './seed-purposes.ts';
import { tf, type Tensor } from '../tensorflow/tf.ts';
import { drawTransform, projection } from './augment.ts';

type Project = (images: Tensor, projections: Tensor, fill: Augmentation) => Tensor;

/** Draws the random transforms of a training's images, one after the other, from one seed. */
export class AugmentationDraws {
  readonly options: Augmentation;
  private readonly random: Random;

  private constructor(options: Augmentation, seed: number) {
    this.options = options;
    this.random = seededRandom(deriveSeed(seed, seedPurposes.augmentation));
  }

  static of(options: Augmentation | null, seed: number): AugmentationDraws | null {
    return options && new AugmentationDraws(options, seed);
  }

  /** The next projections as rows of eight numbers, as TensorFlow's op takes them. */
  next(count: number, size: { height: number; width: number }): Float32Array {
    const rows = new Float32Array(count * 8);
    for (let image = 0; image < count; image++) {
      rows.set(projection(drawTransform(this.options, size, this.random), size), image * 8);
    }
    return rows;
  }

  /** [batch, height, width, channels], each image transformed at random. */
  augment(images: Tensor, project: Project): Tensor {
    const [batch = 0, height = 0, width = 0] = images.shape;
    const rows = tf.tensor2d(this.next(batch, { height, width }), [batch, 8]);
    return project(images, rows, this.options);
  }
}
