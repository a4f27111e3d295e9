/** Layers that move values without computing any: of whole numbers they give whole numbers. */
const moving: readonly string[] = [
  ...['Concatenate', 'Cropping1D', 'Cropping2D', 'Flatten', 'Permute', 'RepeatVector'],
  ...['Reshape', 'UpSampling1D', 'ZeroPadding1D', 'ZeroPadding2D'],
];

export function movesValues(className: string): boolean {
  return moving.includes(className);
}

export function isWholeDtype(dtype: string | null): boolean {
  return dtype !== null && /^u?int/.test(dtype);
}

const wholeResults: readonly string[] = ['argmax', 'argmin', 'countnonzero'];
const realResults: readonly string[] = ['truediv', 'truedivide', 'divide', 'dividenonan', 'onehot'];

/** Whether an operation gives whole numbers, as far as TensorFlow computes otherwise with them. */
export function isWholeResult(
  ...[name, dtype, isWhole]: [name: string, dtype: unknown, isWhole: boolean]
): boolean {
  if (name === 'cast') return isWholeDtype(typeof dtype === 'string' ? dtype : null);
  return wholeResults.includes(name) || (isWhole && !realResults.includes(name));
}
