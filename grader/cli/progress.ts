import type { EpochRecord, TrainProgress } from '../contract.ts';
import type { GradeListener } from '../grade/listener.ts';
import { stageNames } from '../grade/stage-names.ts';
import { findingLine } from '../report/text.ts';
import type { Words } from '../words/en.ts';
import type { Screen } from './screen.ts';
import { setupListener } from './setup.ts';

/** Follows a grading on the screen: one rewritten line on a terminal, plain lines elsewhere. */
export function showProgress(screen: Screen, words: Words): GradeListener {
  let training = new TrainingProgress(screen);
  return {
    onStage: (stage) => {
      training.finish();
      screen.status(stageNames[stage]);
    },
    onModel: ({ layers, parameters }) => {
      const count = parameters.toLocaleString('en-US');
      const noun = layers.length === 1 ? 'layer' : 'layers';
      screen.note(`Model: ${layers.length} ${noun}, ${count} parameters`);
    },
    onFinding: (finding) => screen.note(findingLine(finding, screen, words)),
    onSeed: ({ seed, number, of, run }) => {
      if (run === null) {
        training = new TrainingProgress(screen);
        screen.note(screen.style('bold', `Seed ${seed} (${number} of ${of})`));
      } else {
        const result = run.value === null ? (run.failure ?? '') : showNumber(run.value);
        screen.note(`Seed ${seed}: ${result}, ${run.points}/5`);
      }
    },
    onRate: ({ rate, loss, number, of }) =>
      screen.status(
        `Learning rate ${showNumber(rate)} (${number} of ${of})  loss ${loss === null ? '–' : showNumber(loss)}`,
      ),
    onSetup: setupListener(screen),
    onPrepare: followPreparation(screen),
    onTrain: (progress, epochs) => training.show(progress, epochs),
  };
}

/** Without a terminal a download is announced once and its failures are told. */
export function followPreparation(screen: Screen): NonNullable<GradeListener['onPrepare']> {
  let isAnnounced = false;
  return ({ stage, text }) => {
    const isNews = stage === 'download-failed' || (stage === 'downloading' && !isAnnounced);
    if (stage === 'downloading') isAnnounced = true;
    if (isNews && !screen.isTty) screen.note(text);
    else screen.status(text);
  };
}

/** Epochs as plain lines come at most once a second, the last one always. */
const millisecondsBetweenLines = 1000;

class TrainingProgress {
  private readonly screen: Screen;
  /** The first step seen; the ones before it paid for what happens once. */
  private start: { readonly time: number; readonly done: number } | null = null;
  private lastLine = -Infinity;
  private unprinted: string | null = null;

  constructor(screen: Screen) {
    this.screen = screen;
  }

  show(progress: TrainProgress, epochs: number): void {
    switch (progress.type) {
      case 'batch': {
        const { epoch, batch, batches, logs } = progress;
        const done = epoch - 1 + batch / batches;
        const where = `Epoch ${epoch}/${epochs}  step ${batch}/${batches}`;
        this.screen.status(`${where}  ${showLogs(logs)}  ${this.remaining(done, epochs)}`);
        return;
      }
      case 'validation':
        this.screen.status(`Epoch ${progress.epoch}/${epochs}  validating`);
        return;
      case 'epoch':
        this.epoch(progress.record, epochs);
        return;
      case 'predicting':
        this.screen.status(`Predicting ${progress.done}/${progress.total}`);
    }
  }

  finish(): void {
    if (this.unprinted !== null) this.screen.note(this.unprinted);
    this.unprinted = null;
  }

  private epoch(record: EpochRecord, epochs: number): void {
    const time = `${record.seconds.toFixed(1)} s`;
    const line = `Epoch ${record.epoch}/${epochs}  ${showLogs(record.logs)}  ${time}`;
    const now = performance.now();
    if (now - this.lastLine < millisecondsBetweenLines) {
      this.unprinted = line;
      return;
    }
    this.screen.note(line);
    this.lastLine = now;
    this.unprinted = null;
  }

  /** Callbacks may end a training early, so this is a bound. Silent until there is a second to judge by. */
  private remaining(done: number, epochs: number): string {
    const time = performance.now();
    this.start ??= { time, done };
    const elapsed = (time - this.start.time) / 1000;
    if (elapsed < 1) return '';
    const perEpoch = elapsed / (done - this.start.done);
    return `at most ${showSeconds(perEpoch * (epochs - done))} left`;
  }
}

function showLogs(logs: Readonly<Record<string, number>>): string {
  return Object.entries(logs)
    .map(([name, value]) => `${name} ${showNumber(value)}`)
    .join('  ');
}

function showNumber(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value);
}

function showSeconds(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return `${Math.ceil(seconds / 60)} min`;
}
