import type { EpochRecord, GradeReport } from '../contract.ts';
import { plural } from '../text/numbers.ts';
import { paragraph, shortened, withoutCommands } from '../text/printable.ts';
import { stageNames } from './stage-names.ts';
import type { GradeListener } from './listener.ts';

interface RunLog {
  readonly listener: GradeListener;
  /** The last line. */
  end(report: GradeReport): void;
}

/**
 * The whole run, a line for each thing that happens: seconds since the grading began, then what it was.
 * What the submission's code and TensorFlow print comes after a bar, as it came but for what a CI system
 * would take for a command where the file is printed.
 */
export function runLog(writeLine: (line: string) => void): RunLog {
  const started = performance.now();
  let last = '';
  const write = (line: string) => writeLine(withoutCommands(line));
  const tell = (text: string) => {
    if (text === last) return;
    last = text;
    write(`${((performance.now() - started) / 1000).toFixed(1).padStart(8)} s  ${text}`);
  };
  const listener: GradeListener = {
    onStage: (stage) => tell(stageNames[stage]),
    onModel: ({ layers, parameters }) =>
      tell(`Model: ${plural(layers.length, 'layer')}, ${plural(parameters, 'parameter')}`),
    onFinding: ({ id, message }) => tell(`Finding ${id}: ${shortened(message, 900)}`),
    onSeed: ({ seed, number, of, run }) =>
      tell(
        run === null
          ? `Seed ${seed} (${number} of ${of})`
          : `Seed ${seed}: ${run.failure ?? run.value}, ${run.points}/5`,
      ),
    onRate: ({ rate, loss }) => tell(`Learning rate ${rate}: loss ${loss ?? 'not finite'}`),
    onSetup: ({ text, finished }) => finished && tell(text),
    onPrepare: ({ stage, text }) => (stage === 'decoding' ? undefined : tell(text)),
    onTrain: (progress, epochs) => {
      if (progress.type === 'epoch') tell(epochLine(progress.record, epochs));
    },
    onLog: (line) => write(`${' '.repeat(10)} | ${line}`),
  };
  return { listener, end: (report) => tell(outcome(report)) };
}

function epochLine({ epoch, learningRate, logs }: EpochRecord, epochs: number): string {
  const values = Object.entries(logs).map(([name, value]) => `${shortened(name, 40)} ${value}`);
  return `Epoch ${epoch}/${epochs}: ${values.join(', ')}, learning rate ${learningRate}`;
}

function outcome({ verdict, points, failure }: GradeReport): string {
  const scored = points === null ? '' : `, ${points}/5`;
  // Further lines stand deeper than anything else does.
  const message = paragraph(failure?.message ?? '').replace(/\n/g, `\n${' '.repeat(14)}`);
  const why = failure ? `: ${failure.code}, ${message}` : '';
  return `Verdict: ${verdict}${scored}${why}`;
}
