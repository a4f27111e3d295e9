// Makes the sample reports by grading, on the real data sets where they may be shown: node make-golden.js [FOLDER] [NAME...]
// All of them beside this file where no folder is named. What depends on the machine and the hour is
// set to what it was once.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gradeFile } from '../../dist/grader/api.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const samples = {
  'fashion-mnist': {
    problem: 'fashion-mnist',
    file: 'submissions/fashion-mnist.ts',
    explain: true,
  },
  regression: { problem: 'regression', file: 'submissions/regression.ts', explain: true },
  'image-augmentation': {
    problem: 'image-augmentation',
    file: 'submissions/image-augmentation.ts',
    sample: true,
  },
  sarcasm: {
    problem: 'sarcasm',
    file: '../../problems/sarcasm/starter.ts',
    sample: true,
    explain: true,
  },
  sunspots: { problem: 'sunspots', file: 'submissions/sunspots.ts' },
  invalid: { problem: 'sunspots', file: 'submissions/classes.ts' },
  interrupted: { problem: 'regression', file: 'submissions/regression.ts', lastEpoch: 14 },
  'model-file': { problem: 'sunspots', file: '../fixtures/keras/sunspots-window-mean.h5' },
};

const [folder = here('.'), ...names] = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(samples)) {
  const report = settled(await graded(samples[name]));
  writeFileSync(join(folder, `${name}.report.json`), `${JSON.stringify(report, rounded, 1)}\n`);
}

function graded({ problem, file, lastEpoch, sample = false, explain = false }) {
  const stop = new AbortController();
  const onTrain = (progress) => {
    if (progress.type === 'epoch' && progress.record.epoch === lastEpoch) stop.abort();
  };
  const options = { sample, explain, threads: 2, device: 'cpu', signal: stop.signal, listeners: [{ onTrain }] };
  return gradeFile(problem, here(file), options);
}

function settled({ environment, training, evaluation, explanation, ...report }) {
  const history = training?.history.map((record) => ({ ...record, seconds: 0.2 }));
  return {
    ...report,
    startedAt: '2026-08-14T09:20:01.250Z',
    finishedAt: '2026-08-14T09:20:11.020Z',
    training: training && { ...training, history, trainSeconds: 8.4, predictSeconds: 0.3 },
    evaluation: evaluation && { ...evaluation, predictSeconds: 0.3 },
    ...(explanation ? { explanation: { ...explanation, seconds: 2.4 } } : {}),
    environment: {
      ...environment,
      ...{ node: 'v22.11.0', platform: 'linux x64', cpu: 'Intel Xeon', cores: 2 },
      ...{ isolation: 'jail', isolationReason: 'bubblewrap with namespaces, limits, seccomp' },
    },
  };
}

function rounded(_, value) {
  const isFraction = typeof value === 'number' && !Number.isInteger(value);
  return isFraction ? Number(value.toPrecision(7)) : value;
}
