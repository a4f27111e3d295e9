import type { Scale } from '../../../contract.ts';
import { tf, type Tensor } from '../../tensorflow/tf.ts';

/** The scale of the numbers of several tensors, of all their axes together. */
export class ScaleSums {
  private readonly batches: { count: number; mean: number; variance: number }[] = [];
  private largest = 0;

  add(tensor: Tensor): void {
    tf.tidy(() => {
      const numbers = tf.cast(tensor, 'float32');
      const { mean, variance } = tf.moments(numbers);
      const numberOf = (scalar: Tensor) => scalar.dataSync()[0] ?? NaN;
      this.batches.push({ count: tensor.size, mean: numberOf(mean), variance: numberOf(variance) });
      this.largest = Math.max(this.largest, numberOf(tf.max(tf.abs(numbers))));
    });
  }

  /** Null where there are none, or one is not finite. */
  scale(): Scale | null {
    const { batches, largest } = this;
    const count = batches.reduce((sum, batch) => sum + batch.count, 0);
    const meanOf = (value: (batch: (typeof batches)[number]) => number) =>
      batches.reduce((sum, batch) => sum + value(batch) * (batch.count / count), 0);
    const mean = meanOf((batch) => batch.mean);
    const deviation = Math.sqrt(meanOf((batch) => batch.variance + (batch.mean - mean) ** 2));
    const isKnown = count > 0 && [mean, deviation, largest].every(Number.isFinite);
    return isKnown ? { mean, deviation, largest } : null;
  }
}
