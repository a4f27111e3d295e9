import type { ByteSource } from './byte-source.ts';
import { elementBytes, toFloat32 } from './elements.ts';
import type { TfjsArray } from './tfjs-manifest.ts';

interface StoredPlace {
  readonly source: ByteSource;
  readonly onProgress: () => void;
}

const pieceBytes = 1024 * 1024;

/** The values of an array, a piece at a time in the same memory; fewer where the source ends early. */
export function* readStored(
  array: TfjsArray,
  { source, onProgress }: StoredPlace,
): Generator<Float32Array> {
  const { start, bytes, element } = array;
  const memory = new Uint8Array(Math.min(bytes, pieceBytes));
  for (let done = 0; done < bytes; done += memory.length) {
    onProgress();
    const wanted = memory.subarray(0, Math.min(memory.length, bytes - done));
    const got = source.read(wanted, start + done);
    const whole = got - (got % elementBytes[element]);
    yield dequantised(toFloat32(memory.subarray(0, whole), element), array);
  }
}

/** As TF.js does it: in double precision, and rounded where the weight is an integer. */
function dequantised(values: Float32Array, { quantization, isInteger }: TfjsArray): Float32Array {
  if (quantization === null) return values;
  const { scale, min } = quantization;
  return values.map((value) => {
    const exact = value * scale + min;
    return isInteger ? Math.round(exact) : exact;
  });
}
