/** Memory and limits in MiB: `512`, `1,536`, `1.5`. */
export function mebibytes(bytes: number): string {
  const decimals = bytes < 10 * 2 ** 20 ? 1 : 0;
  return (bytes / 2 ** 20).toLocaleString('en-US', { maximumFractionDigits: decimals });
}

/** A file's size in thousands, as file managers count: `912 B`, `12.3 kB`, `300 MB`. */
export function fileSize(bytes: number): string {
  if (!(bytes >= 1000)) return `${bytes} B`;
  const power = Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const digits = { maximumSignificantDigits: 3 };
  return `${(bytes / 1000 ** power).toLocaleString('en-US', digits)} ${['B', 'kB', 'MB', 'GB'][power] ?? ''}`;
}
