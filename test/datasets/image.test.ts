import { expect, test } from '@jest/globals';
import { encode } from 'fast-png';
import { readFileSync } from 'node:fs';
import type { Failure } from '../../grader/contract.ts';
import { decodeImage } from '../../grader/datasets/image.ts';
import { GraderError } from '../../grader/errors.ts';

interface JpegFixture {
  readonly shape: readonly [number, number, number];
  readonly cases: readonly {
    readonly name: string;
    readonly jpeg: string;
    readonly pixels: string;
    readonly largest_difference_of_fast: number;
  }[];
  readonly cmyk: string;
}

const file = new URL('../fixtures/jpeg.json', import.meta.url);
const fixture = JSON.parse(readFileSync(file, 'utf8')) as JpegFixture;
const fromBase64 = (text: string) => Buffer.from(text, 'base64');
const baseline = fromBase64(fixture.cases[0]?.jpeg ?? '');

async function pixelsOf(bytes: Uint8Array): Promise<number[]> {
  return [...(await decodeImage(bytes)).data];
}

async function failureOf(bytes: Uint8Array): Promise<Failure> {
  try {
    await decodeImage(bytes);
  } catch (error) {
    if (error instanceof GraderError) return error.failure;
    throw error;
  }
  throw new Error('the picture was decoded');
}

test.each(fixture.cases)(
  'a JPEG comes out as TensorFlow decodes it accurately, to the bit: $name',
  async ({ jpeg, pixels }) => {
    const image = await decodeImage(fromBase64(jpeg));
    expect([image.height, image.width, 3]).toEqual(fixture.shape);
    expect([...image.data]).toEqual([...fromBase64(pixels)]);
  },
);

test('the orientation in the EXIF data is not applied', async () => {
  const turned = fixture.cases.find(({ name }) => name === 'turned by EXIF');
  expect(fromBase64(turned?.jpeg ?? '').includes('Exif')).toBe(true);
  expect(await pixelsOf(fromBase64(turned?.jpeg ?? ''))).toEqual(await pixelsOf(baseline));
});

test('a PNG loses its alpha channel and keeps its colours', async () => {
  const data = Uint8Array.from([10, 20, 30, 255, 40, 50, 60, 0]);
  const image = await decodeImage(encode({ width: 2, height: 1, data, channels: 4 }));
  expect([image.width, image.height, [...image.data]]).toEqual([2, 1, [10, 20, 30, 40, 50, 60]]);
});

test('a grey PNG is repeated over the channels', async () => {
  const data = Uint8Array.from([7, 200]);
  const image = encode({ width: 1, height: 2, data, channels: 1 });
  expect(await pixelsOf(image)).toEqual([7, 7, 7, 200, 200, 200]);
});

test('a PNG of 16 bits a channel and a damaged one are refused', async () => {
  const deep = encode({ width: 1, height: 1, data: Uint16Array.from([1]), channels: 1, depth: 16 });
  expect((await failureOf(deep)).message).toBe('PNG: 8 bits a channel are read, got 16');
  const whole = encode({ width: 1, height: 1, data: Uint8Array.from([1]), channels: 1 });
  expect((await failureOf(whole.subarray(0, 20))).message).toContain('cut off in its header');
  whole[whole.length - 20] = 1 + (whole[whole.length - 20] ?? 0);
  expect((await failureOf(whole)).message).toContain('PNG: damaged: ');
});

/** Without the marker itself, at `offset` from the frame header's marker. */
function withFrame(offset: number, ...bytes: number[]): Buffer {
  const changed = Buffer.from(baseline);
  changed.set(bytes, changed.indexOf(Buffer.from([0xff, 0xc0])) + offset);
  return changed;
}

function withTransform(transform: number): Buffer {
  const changed = fromBase64(fixture.cmyk);
  const adobe = changed.indexOf('Adobe');
  expect(adobe).toBeGreaterThan(0);
  changed[adobe + 11] = transform;
  return changed;
}

test.each<[string, Uint8Array]>([
  ['JPEG: CMYK colours are not read, only grey and RGB', fromBase64(fixture.cmyk)],
  ['JPEG: YCCK colours are not read, only grey and RGB', withTransform(2)],
  ['JPEG: 2 channels are not read, only grey and RGB', withFrame(9, 2)],
  ['JPEG: 8 bits a channel are read, got 12', withFrame(4, 12)],
  ['JPEG: lossless coding is not read', withFrame(1, 0xc3)],
  ['JPEG: hierarchical coding is not read', withFrame(1, 0xc5)],
  ['JPEG: arithmetic coding is not read', withFrame(1, 0xc9)],
  ['JPEG: arithmetic coding is not read', withFrame(1, 0xca)],
  ['JPEG: 65500x65500 pixels are declared', withFrame(5, 0xff, 0xdc, 0xff, 0xdc)],
  ['JPEG: 37x0 pixels are declared', withFrame(5, 0, 0)],
  ['JPEG: cut off in its header, after 2 bytes', baseline.subarray(0, 2)],
  ['JPEG: cut off in its header, after 100 bytes', baseline.subarray(0, 100)],
  ['JPEG: damaged: Premature end of JPEG file', baseline.subarray(0, -40)],
  ['JPEG: damaged: Premature end of JPEG file', baseline.subarray(0, -2)],
  ['JPEG: a scan without a frame header', withFrame(1, 0xee)],
  ['JPEG: damaged: no segment at byte 2', Buffer.concat([baseline.subarray(0, 2), baseline])],
  ['neither a PNG nor a JPEG: 8 bytes that start with "4749463839610100"', gif()],
  ['neither a PNG nor a JPEG: 0 bytes that start with ""', new Uint8Array()],
  ['neither a PNG nor a JPEG', Buffer.concat([Buffer.from([0xff, 0xd9]), baseline.subarray(2)])],
])('a picture that is not read is refused by name: %s', async (words, bytes) => {
  const { fault, code, message, help } = await failureOf(bytes);
  expect([fault, code]).toEqual(['package', 'data-image']);
  expect(message).toContain(words);
  expect(help).toMatch(/^(Convert|Save|Replace) /);
});

function gif(): Buffer {
  return Buffer.from('GIF89a\x01\x00', 'latin1');
}

test('a JPEG that libjpeg gives up on is refused, and the next one decoded', async () => {
  const before = await pixelsOf(baseline);
  const broken = Buffer.from(baseline);
  // Sixteen counts of codes by length: more than a Huffman tree can have.
  const table = broken.indexOf(Buffer.from([0xff, 0xc4])) + 5;
  broken.fill(0xff, table, table + 16);
  expect((await failureOf(broken)).message).toBe('JPEG: damaged: Bogus Huffman table definition');
  expect(await pixelsOf(baseline)).toEqual(before);
});

test('a JPEG of more scans than an encoder writes is refused', async () => {
  const progressive = fromBase64(fixture.cases[3]?.jpeg ?? '');
  const start = progressive.lastIndexOf(Buffer.from([0xff, 0xda]));
  const scan = progressive.subarray(start, -2);
  const many = Array.from({ length: 120 }, () => scan);
  const bytes = Buffer.concat([progressive.subarray(0, -2), ...many, progressive.subarray(-2)]);
  expect((await failureOf(bytes)).message).toMatch(
    /^JPEG: 1\d\d scans; a picture has at most 100$/,
  );
});

test('a PNG whose header declares more than is decoded is refused before it is unpacked', async () => {
  const small = encode({ width: 1, height: 1, data: Uint8Array.from([1]), channels: 1 });
  const view = new DataView(small.buffer, small.byteOffset);
  view.setUint32(16, 60_000);
  view.setUint32(20, 60_000);
  expect((await failureOf(small)).message).toContain('PNG: 60000x60000 pixels are declared');
});
