import { StringDecoder } from 'node:string_decoder';

interface LineLimits {
  /** Of one line, in bytes. */
  readonly lineBytes: number;
  /** Of everything, in bytes. */
  readonly totalBytes: number;
}

interface LineListener {
  readonly onLine: (line: string) => void;
  /** Once, when a limit is passed; nothing is told after it. */
  readonly onOver: () => void;
}

/** Cuts what a stream says into lines, and holds no more of it than one line. */
export function readLines(
  stream: NodeJS.ReadableStream,
  { lineBytes, totalBytes }: LineLimits,
  { onLine, onOver }: LineListener,
): void {
  const decoder = new StringDecoder('utf8');
  let waiting = '';
  let total = 0;
  let isOver = false;
  const take = (text: string) => {
    // A long line comes in many pieces; looking through all of them each time takes seconds.
    if (!text.includes('\n')) {
      waiting += text;
      return;
    }
    const lines = (waiting + text).split('\n');
    waiting = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
  stream.on('data', (chunk: Uint8Array) => {
    if (isOver) return;
    total += chunk.length;
    if (total > totalBytes || waiting.length + chunk.length > lineBytes) {
      isOver = true;
      waiting = '';
      onOver();
      return;
    }
    take(decoder.write(chunk));
  });
  stream.on('end', () => {
    const rest = waiting + decoder.end();
    if (!isOver && rest !== '') onLine(rest);
  });
  // A stream that breaks is told by how the process ended.
  stream.on('error', () => undefined);
}
