import type { Snapshot } from '../../train/trainer.ts';
import type { NativeTensor } from '../../tensorflow/node-backend.ts';
import type { Session } from './session.ts';

/** Copies of weights in TensorFlow's memory. */
export class NativeCopies implements Snapshot {
  readonly tensors: readonly NativeTensor[];
  private readonly session: Session;

  constructor(session: Session, tensors: readonly NativeTensor[]) {
    this.session = session;
    this.tensors = tensors;
  }

  dispose(): void {
    this.session.delete(this.tensors);
  }
}
