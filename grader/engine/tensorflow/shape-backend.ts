import { tf } from './tf.ts';
import { withoutInitialValues } from './without-initial-values.ts';

const backendName = 'shapes';

/**
 * Runs a function on a backend that stores nothing, so that a model of any size can be built to
 * read its shapes and count its parameters. Weights are tensors without data.
 */
export async function withShapesOnly<Result>(work: () => Promise<Result>): Promise<Result> {
  tf.registerBackend(backendName, () => new ShapeBackend(), 0);
  const before = tf.engine().backendName as string | undefined;
  await tf.setBackend(backendName);
  try {
    return await withoutInitialValues(work);
  } finally {
    tf.removeBackend(backendName);
    if (before) await tf.setBackend(before);
  }
}

class ShapeBackend extends tf.KernelBackend {
  private count = 0;

  override write(): object {
    this.count += 1;
    return { id: this.count };
  }
  override move(): void {
    this.count += 1;
  }
  override numDataIds(): number {
    return this.count;
  }
  override disposeData(): boolean {
    return true;
  }
  override incRef(): void {
    // Nothing is stored, so nothing is counted.
  }
  decRef(): void {
    // Nothing is stored, so nothing is counted.
  }
  override refCount(): number {
    return 1;
  }
  override dispose(): void {
    this.count = 0;
  }
  override floatPrecision(): 16 | 32 {
    return 32;
  }
  override epsilon(): number {
    return 1e-7;
  }
}
