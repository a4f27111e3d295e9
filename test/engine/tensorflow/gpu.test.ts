import { expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { notRepeatable } from '../../../grader/engine/tensorflow/gpu-errors.ts';
import { seesNvidiaGpu } from '../../../grader/setup/nvidia.ts';

test('what TensorFlow cannot repeat on a GPU is told with the op and the way out', () => {
  // As TensorFlow 2.21 says it on a GPU under TF_DETERMINISTIC_OPS.
  const said = [
    'Session fail to run with error: 2 root error(s) found.',
    '  (0) UNIMPLEMENTED: A deterministic GPU implementation of SparseTensorDenseMatmulOp is not currently available.',
    '\t [[{{node SparseTensorDenseMatMul_94}}]]',
  ].join('\n');
  expect(notRepeatable(new Error(said))?.failure).toMatchObject({
    fault: 'machine',
    code: 'gpu-not-repeatable',
    message:
      'TensorFlow cannot train this model on a GPU so that the same seed gives the same result: A deterministic GPU implementation of SparseTensorDenseMatmulOp is not currently available.',
    help: 'Train it on the CPU: --device cpu.',
  });
  expect(notRepeatable(new Error('No BLAS for stream.'))).toBeNull();
});

test('a GPU that CUDA_VISIBLE_DEVICES hides is not seen', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gpu-'));
  const { PATH, CUDA_VISIBLE_DEVICES } = process.env;
  try {
    const driver = '#!/bin/sh\necho "GPU 0: a driver that lists one GPU"\n';
    await writeFile(join(folder, 'nvidia-smi'), driver, { mode: 0o755 });
    process.env['PATH'] = `${folder}${delimiter}${PATH ?? ''}`;
    const seen: boolean[] = [];
    for (const devices of ['0', '', '-1']) {
      process.env['CUDA_VISIBLE_DEVICES'] = devices;
      seen.push(await seesNvidiaGpu());
    }
    expect(seen).toEqual([true, false, false]);
  } finally {
    Object.assign(process.env, { PATH, CUDA_VISIBLE_DEVICES });
    if (CUDA_VISIBLE_DEVICES === undefined) delete process.env['CUDA_VISIBLE_DEVICES'];
    await rm(folder, { recursive: true });
  }
});
