// node augmentation-preview.js ADDON -: pictures before and after augmentation, and trainings beside them, as JSON lines.
import { Buffer } from 'node:buffer';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { CompiledTrainer } from '../../../../dist/grader/engine/compiled/training/compiled-trainer.js';
import { inputReader, rowNumbers } from '../../../../dist/grader/engine/rows/batches.js';
import { EagerTrainer } from '../../../../dist/grader/engine/train/eager-trainer.js';
import { previewAugmentation } from '../../../../dist/grader/engine/train/preview-augmentation.js';
import { fits } from '../../programs/replay/options.js';
import { train } from '../../programs/replay/run.js';

const native = loadTensorFlow({ addon: process.argv[2] });
const seed = 5;
const task = fits['augmentation of colours'];
const still = {
  ...{ rotation_range: 0, width_shift_range: 0, height_shift_range: 0, shear_range: 0 },
  ...{ zoom_range: [1, 1], horizontal_flip: false, vertical_flip: false, fill_mode: 'nearest' },
  ...{ cval: 0, channel_shift_range: 0, brightness_range: null },
  ...{ samplewise_center: false, samplewise_std_normalization: false },
};

for (const [name, make] of Object.entries({
  eager: (settings) => new EagerTrainer(settings),
  compiled: (settings) => new CompiledTrainer(native, settings, { shards: 1 }),
})) {
  const alone = await train(task, make);
  const beside = await train(task, async (settings) => {
    await previewAugmentation(bytesReader(1), {
      rows: rowNumbers(9),
      augmentation: task.augmentation,
      seed,
    });
    return make(settings);
  });
  print(`${name} training`, {
    isSame: JSON.stringify(alone) === JSON.stringify(beside),
    epochs: alone.logs.length,
  });
}
await preview('still', still);
await preview('flipped', { ...still, horizontal_flip: true });
await preview('centred', { ...still, samplewise_center: true });
await preview('two channels', still, 2);

async function preview(name, augmentation, channels = 1) {
  const job = { rows: rowNumbers(9), augmentation, seed };
  const found = await previewAugmentation(bytesReader(channels), job);
  const again = await previewAugmentation(bytesReader(channels), job);
  print(name, {
    found: found && { ...found, pixels: [...Buffer.from(found.pixels, 'base64')] },
    isSame: JSON.stringify(found) === JSON.stringify(again),
  });
}

/** Nine pictures of 2 x 3 pixels, of bytes: the row's number, and 20 more from each pixel to the next. */
function bytesReader(channels) {
  const size = 6 * channels;
  const data = Uint8Array.from(
    { length: 9 * size },
    (_, at) => Math.floor(at / size) + 20 * (at % size),
  );
  const array = { dtype: 'uint8', shape: [9, 2, 3, channels], data };
  const modelShape = [2, 3, channels];
  return inputReader(array, {
    decoding: { scale: 1 / 255 },
    modelShape,
    dtype: 'float32',
    vocabulary: null,
  });
}

function print(name, more) {
  console.log(JSON.stringify({ name, ...more }));
}
