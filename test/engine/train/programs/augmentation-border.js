// node augmentation-border.js ADDON -: a turned picture whose points lie beside its border, as JSON lines.
import { loadTensorFlow } from '../../../../dist/grader/engine/tensorflow/native.js';
import { tf } from '../../../../dist/grader/engine/tensorflow/tf.js';
import { moveImages } from '../../../../dist/grader/engine/train/augment.js';

loadTensorFlow({ addon: process.argv[2] });
const [height, width] = [60, 80];
// As far off as float32 may put a point of a picture of several hundred pixels.
const rounding = 1e-4;
const matrix = [-1, 0, width - 1 + rounding, 0, -1, height - 1 - rounding];
const picture = tf.randomUniform([1, height, width, 3], 0.1, 1, 'float32', 3);

for (const border of ['constant', 'wrap']) {
  const turned = moveImages(picture, tf.tensor2d([[...matrix, 0, 0]]), {
    fill_mode: border,
    cval: 0,
  });
  const wanted = tf.reverse(picture, [1, 2]);
  const largest = tf.max(tf.abs(tf.sub(turned, wanted))).dataSync()[0];
  console.log(JSON.stringify({ border, largest }));
}
