// node augmentation.js ADDON FIXTURE: the largest difference to Keras for each case, as JSON lines.
import { readFileSync } from 'node:fs';
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { projection, augmentImages } from '../../../../dist/grader/engine/train/augment.js';

const [addon, fixture] = process.argv.slice(2);
loadTensorFlow({ addon });
const { shape, image, cval, cases } = JSON.parse(readFileSync(fixture, 'utf8'));
const [height, width] = shape;

for (const { name, fill, parameters, expected } of cases) {
  const { theta = 0, tx = 0, ty = 0, shear = 0, zx = 1, zy = 1 } = parameters;
  const matrix = projection(
    {
      ...{ theta, tx, ty, shear, zx, zy },
      flipHorizontal: parameters.flip_horizontal ?? false,
      flipVertical: parameters.flip_vertical ?? false,
    },
    { height, width },
  );
  const batch = tf.tensor(image, [1, ...shape], 'float32');
  const found = augmentImages(batch, tf.tensor2d([[...matrix, 0, 0]]), {
    fill_mode: fill,
    cval,
  }).dataSync();
  const differences = expected.map((value, index) => Math.abs(value - found[index]));
  const off = differences.filter((difference) => difference > 1e-4).length / differences.length;
  console.log(JSON.stringify({ name, fill, largest: Math.max(...differences), off }));
}
