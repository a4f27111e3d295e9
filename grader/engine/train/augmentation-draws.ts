import type { Augmentation } from '../../contract.ts';
import { deriveSeed, seededRandom, type Random } from '../../random.ts';
import type { ModelPlan } from '../model/model.ts';
import { seedPurposes } from './seed-purposes.ts';
import { tf, type Tensor } from '../tensorflow/tf.ts';
import { drawnNumbers, drawTransform, projection } from './augment.ts';

interface Size {
  readonly height: number;
  readonly width: number;
}

type Project = (images: Tensor, projections: Tensor, fill: Augmentation) => Tensor;

/** Draws the random transforms of a training's images, one after the other, from one seed. */
export class AugmentationDraws {
  readonly options: Augmentation;
  private readonly random: Random;

  constructor(options: Augmentation, seed: number, purpose: number = seedPurposes.augmentation) {
    this.options = options;
    this.random = seededRandom(deriveSeed(seed, purpose));
  }

  static of(options: Augmentation | null, seed: number): AugmentationDraws | null {
    return options && new AugmentationDraws(options, seed);
  }

  /** Those of the next images, one row of `drawnNumbers` for each. */
  next(count: number, size: Size): Float32Array {
    const numbers = drawnNumbers(this.options);
    const rows = new Float32Array(count * numbers);
    for (let image = 0; image < count; image++) {
      const transform = drawTransform(this.options, size, this.random);
      rows.set(projection(transform, size), image * numbers);
      if (numbers === 8) continue;
      rows.set([transform.channelShift, transform.brightness], image * numbers + 8);
    }
    return rows;
  }

  /** [batch, height, width, channels], each image transformed at random. */
  augment(images: Tensor, project: Project): Tensor {
    const [batch = 0, height = 0, width = 0] = images.shape;
    const numbers = drawnNumbers(this.options);
    const rows = tf.tensor2d(this.next(batch, { height, width }), [batch, numbers]);
    return project(images, rows, this.options);
  }
}

/** Height and width of the images as the model takes them. */
export function sizeOfImages({ inputs }: Pick<ModelPlan, 'inputs'>): Size {
  const [, height, width] = inputs[0]?.shape ?? [];
  return { height: height ?? 0, width: width ?? 0 };
}
