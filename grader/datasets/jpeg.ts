import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { checkJpegHeader } from './jpeg-header.ts';
import { replaceDamaged, type RgbImage, unreadable } from './rgb-image.ts';

export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8;
}

/**
 * Decodes a baseline or progressive JPEG with eight bits a channel to RGB as libjpeg does with its
 * accurate transform, so that a model sees what Pillow shows one in Keras; grey is repeated. An
 * orientation in the EXIF data is not applied, as in `tf.io.decode_jpeg`.
 * Throws a `GraderError` with fault `package` for CMYK and YCCK, other codings and depths, sizes out
 * of bounds and files that are damaged or cut off.
 */
export async function decodeJpeg(bytes: Uint8Array): Promise<RgbImage> {
  checkJpegHeader(bytes);
  const { width, height, data } = await decodeWhole(bytes);
  return { width, height, data: withoutAlpha(data) };
}

interface RgbaImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

interface Decoder {
  decode(bytes: Uint8Array, preserveOrientation: boolean): RgbaImage | null;
}

/** Its own types name the browser's. */
interface DecoderPackage {
  readonly default: (options: object) => Promise<Decoder>;
}

interface Running {
  readonly decoder: Decoder;
  /** What libjpeg says of the pictures. */
  readonly said: string[];
}

let running: Promise<Running> | undefined;

async function decodeWhole(bytes: Uint8Array): Promise<RgbaImage> {
  const { decoder, said } = await (running ??= start());
  said.length = 0;
  let image: RgbaImage | null;
  try {
    image = decoder.decode(bytes, false);
  } catch (cause) {
    // libjpeg leaves by exit(), and its memory stays taken.
    running = undefined;
    throw damaged(said, cause);
  }
  // It fills what is missing with grey and goes on.
  const isCutOff = said.some((line) => line.startsWith('Premature end'));
  if (image && !isCutOff) return image;
  throw damaged(said);
}

/** Most data sets have no JPEG, so the decoder is loaded at the first one. */
async function start(): Promise<Running> {
  const { default: create } =
    (await import('@jsquash/jpeg/codec/dec/mozjpeg_dec.js')) as DecoderPackage;
  const path = '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
  const wasmBinary = await readFile(createRequire(import.meta.url).resolve(path));
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const decoder = await create({ wasmBinary, noInitialRun: true, print: say, printErr: say });
  return { decoder, said };
}

function damaged(said: readonly string[], cause?: unknown): Error {
  const reason = said[0] ?? (cause instanceof Error ? cause.message : 'no picture comes out');
  return unreadable(`JPEG: damaged: ${reason}`, replaceDamaged, cause);
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    rgb[to++] = rgba[from] ?? 0;
    rgb[to++] = rgba[from + 1] ?? 0;
    rgb[to++] = rgba[from + 2] ?? 0;
  }
  return rgb;
}
