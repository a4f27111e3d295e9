// node evaluate.js ADDON MODEL: predictions for sunspots by a .keras file, several times in one
// process, and what is said where there is no time for them and when they are stopped; one JSON line.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluate } from '../../../dist/grader/engine/evaluate.js';
import { smallPlan } from '../../../dist/grader/engine/process/plan.js';
import { readModelFile } from '../../../dist/grader/keras/read-model-file.js';
import { runPrepare } from '../../../dist/grader/prepare/start.js';
import { findProblem } from '../../../dist/problems/index.js';

const [, , addon, path] = process.argv;
const scratch = mkdtempSync(join(tmpdir(), 'evaluate-'));
try {
  const { file } = await readModelFile({ path, parts: [], format: 'keras-zip', scratch });
  const { directory, definition } = findProblem('sunspots');
  const { data } = await runPrepare({ directory, sample: false, sampleSeed: 1 });
  const job = {
    trained: { model: file.model, weights: file.weights, fromLogits: null, facts: file.facts },
    problem: definition,
    ...{ data, addon, vocabulary: null, areLogits: false, needsGpu: false, directory: scratch },
    ...{ poorBeyond: 1, worthFrom: 0, plan: { ...smallPlan, batch: 128 } },
  };
  const predictions = [];
  for (let time = 0; time < 12; time++) {
    const evaluated = await evaluate({ ...job, seconds: 600 }, () => undefined);
    predictions.push(readFileSync(evaluated.predictions.path).toString('base64'));
  }
  const failure = await evaluate({ ...job, seconds: 0 }, () => undefined).then(
    () => null,
    (error) => error.failure,
  );
  const stopped = await evaluate(
    { ...job, seconds: 600 },
    () => undefined,
    globalThis.AbortSignal.abort(),
  ).then(
    () => null,
    (error) => error.failure,
  );
  process.stdout.write(JSON.stringify({ different: new Set(predictions).size, failure, stopped }));
} finally {
  rmSync(scratch, { recursive: true });
}
