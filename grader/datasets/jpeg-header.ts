import { checkSize, replaceDamaged, unreadable } from './rgb-image.ts';

/** What the markers before the first scan declare. */
interface Frame {
  readonly coding: string;
  readonly depth: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Every scan of a progressive JPEG runs over the whole picture; encoders write about ten. */
const maxScans = 100;

/** By the second byte of a start-of-frame marker. */
const codings: Readonly<Record<number, string>> = {
  0xc0: 'baseline',
  0xc1: 'sequential',
  0xc2: 'progressive',
  0xc3: 'lossless',
  ...{ 0xc5: 'hierarchical', 0xc6: 'hierarchical', 0xc7: 'hierarchical' },
  ...{ 0xc9: 'arithmetic', 0xca: 'arithmetic', 0xcb: 'arithmetic' },
  ...{ 0xcd: 'arithmetic', 0xce: 'arithmetic', 0xcf: 'arithmetic' },
};
const decoded = ['baseline', 'sequential', 'progressive'];

const app14 = 0xee;
const startOfScan = 0xda;

/**
 * Refuses, before anything is decoded, a JPEG that no model should be shown half or wrong.
 * Throws a `GraderError` with fault `package`.
 */
export function checkJpegHeader(bytes: Uint8Array): void {
  const { frame, transform } = readMarkers(bytes);
  if (!decoded.includes(frame.coding)) {
    throw unreadable(
      `JPEG: ${frame.coding} coding is not read, only baseline, sequential and progressive`,
      'Save it as a baseline or progressive JPEG.',
    );
  }
  if (frame.depth !== 8) {
    throw unreadable(
      `JPEG: 8 bits a channel are read, got ${frame.depth}`,
      'Save it with 8 bits a channel.',
    );
  }
  checkChannels(frame.channels, transform);
  checkSize('JPEG', frame.width, frame.height);
  checkScans(bytes);
}

function checkChannels(channels: number, transform: number | null): void {
  if (channels === 1 || channels === 3) return;
  const fourth = transform === 2 ? 'YCCK' : 'CMYK';
  const what = channels === 4 ? `${fourth} colours are` : `${channels} channels are`;
  throw unreadable(
    `JPEG: ${what} not read, only grey and RGB`,
    'Convert it to RGB, for example with Pillow: Image.open(file).convert("RGB").save(file).',
  );
}

function readMarkers(bytes: Uint8Array): { frame: Frame; transform: number | null } {
  let frame: Frame | undefined;
  let transform: number | null = null;
  for (const { marker, body } of segments(bytes)) {
    const coding = codings[marker];
    if (coding !== undefined) frame ??= readFrame(coding, body);
    if (marker === app14 && isAdobe(body)) transform = body.getUint8(11);
  }
  if (!frame) throw unreadable('JPEG: a scan without a frame header', replaceDamaged);
  return { frame, transform };
}

function isAdobe(body: DataView): boolean {
  const name = Buffer.from(body.buffer, body.byteOffset, Math.min(5, body.byteLength));
  return body.byteLength >= 12 && name.toString('latin1') === 'Adobe';
}

function readFrame(coding: string, body: DataView): Frame {
  if (body.byteLength < 6) {
    throw unreadable(`JPEG: a frame header of ${body.byteLength} bytes`, replaceDamaged);
  }
  return {
    coding,
    depth: body.getUint8(0),
    height: body.getUint16(1),
    width: body.getUint16(3),
    channels: body.getUint8(5),
  };
}

interface Segment {
  readonly marker: number;
  readonly body: DataView;
}

/** From after the start of the image to the first scan. */
function* segments(bytes: Uint8Array): Generator<Segment> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; ;) {
    if (at + 4 > bytes.length) throw cutOff(bytes);
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== 0xff) throw noSegment(at);
    // A marker may be filled up with 0xff before it.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === startOfScan) return;
    const length = view.getUint16(at + 2);
    if (!hasBody(marker) || length < 2) throw noSegment(at);
    if (at + 2 + length > bytes.length) throw cutOff(bytes);
    yield { marker, body: new DataView(bytes.buffer, bytes.byteOffset + at + 4, length - 2) };
    at += 2 + length;
  }
}

/** Restarts, the start and the end of the image stand alone; what is below is reserved. */
function hasBody(marker: number): boolean {
  return marker >= 0xc0 && (marker < 0xd0 || marker > 0xd9);
}

function cutOff(bytes: Uint8Array): Error {
  return unreadable(`JPEG: cut off in its header, after ${bytes.length} bytes`, replaceDamaged);
}

function noSegment(at: number): Error {
  return unreadable(`JPEG: damaged: no segment at byte ${at}`, replaceDamaged);
}

/** Compressed data holds 0xff only before a zero or a restart marker. */
function checkScans(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = Buffer.from([0xff, startOfScan]);
  let scans = 0;
  for (let at = file.indexOf(mark); at >= 0; at = file.indexOf(mark, at + 2)) scans++;
  if (scans <= maxScans) return;
  throw unreadable(
    `JPEG: ${scans} scans; a picture has at most ${maxScans}`,
    'Save it as a baseline JPEG.',
  );
}
