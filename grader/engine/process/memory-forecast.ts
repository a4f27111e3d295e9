import { countBytes } from '../../array-file.ts';
import type { ModelSummary, PreparedData } from '../../contract.ts';
import { mostBytesInMemory } from '../rows/stored-rows.ts';

export interface MemoryUse {
  readonly use: 'training' | 'prediction';
  readonly model: Pick<ModelSummary, 'parameters'>;
  /** Values that all layers together hold for one example. */
  readonly activations: number;
  /** Examples whose activations are held at once; in a training their gradients count as others. */
  readonly rows: number;
  readonly data: PreparedData;
  readonly mayUseGpu: boolean;
}

const mebibyte = 2 ** 20;
/** Measured: 390 MiB for Node with TensorFlow, a small model trained. */
const base = 400 * mebibyte;
/** The libraries of CUDA, in the host's memory. */
const baseOfGpu = 8192 * mebibyte;
const bytesPerValue = 4;
/** The model's own and the graph's; in a training gradients, two slots of an optimizer and snapshots. */
const weightCopies = { training: 12, prediction: 5 };
/** An array read, and as it is taken over. */
const arrayCopies = 3;
const headroom = 2;
/** Beside that of the others: the measured peaks are up to 1.9 times what is counted. */
const headroomOfActivations = 3;
const least = 1536 * mebibyte;

/** Bytes of resident memory that a trainer may take: far more than is likely, at least 1.5 GiB. */
export function forecastMemory(given: MemoryUse): number {
  const { use, model, activations, rows, data, mayUseGpu } = given;
  const weights = weightCopies[use] * bytesPerValue * model.parameters;
  const lasting = base + weights + arrayCopies * arrayBytes(data);
  const held = bytesPerValue * activations * rows;
  const likely = headroom * lasting + headroomOfActivations * held;
  return Math.max(least, likely) + (mayUseGpu ? baseOfGpu : 0);
}

/** Of an array that stays in its file only some rows are in memory at once, far below this bound. */
function arrayBytes({ training, validation, heldOut }: PreparedData): number {
  const inputs = [training.inputs, validation.inputs, heldOut.inputs];
  const most = mostBytesInMemory();
  return [...inputs, training.targets, validation.targets]
    .map((file) => Math.min(countBytes(file), most))
    .reduce((sum, bytes) => sum + bytes, 0);
}
