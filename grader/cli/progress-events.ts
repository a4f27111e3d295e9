import type { TrainProgress } from '../contract.ts';
import type { ProgressEvent } from '../contract/progress.ts';
import type { GradeListener } from '../grade/listener.ts';
import { Throttle } from '../throttle.ts';
import type { Screen } from './screen.ts';

type Facts = Omit<ProgressEvent, 'event' | 'time'>;

/** Follows a grading as one JSON object a line: steps and what comes as often, at most twice a second. */
export function progressEvents(
  screen: Screen,
  subject: { readonly problem: string; readonly submission: string },
): GradeListener {
  let stage: Facts = {};
  const often = new Throttle(500);
  const tell = (event: ProgressEvent['event'], facts: Facts = {}) =>
    screen.event({ event, time: new Date().toISOString(), ...subject, ...stage, ...facts });
  tell('begin');
  return {
    onStage: (next) => {
      stage = { stage: next };
      tell('stage');
    },
    onModel: ({ layers, parameters }) => tell('model', { layers: layers.length, parameters }),
    onFinding: ({ message }) => tell('finding', { text: message }),
    onSeed: ({ seed, number, of, run }) =>
      tell('seed', { seed, done: run === null ? number - 1 : number, total: of }),
    onRate: ({ rate, loss, number, of }) =>
      tell('rate', { rate, metrics: { loss }, done: number, total: of }),
    onSetup: ({ text, done, total }) =>
      tell('setup', {
        text,
        ...(done !== undefined && { done }),
        ...(total !== undefined && { total }),
      }),
    onPrepare: ({ text }) => {
      if (often.isDue()) tell('prepare', { text });
    },
    onTrain: (progress, epochs) => {
      const [event, facts] = trained(progress, epochs);
      if (event === 'epoch' || often.isDue()) tell(event, facts);
    },
    onEnd: ({ verdict, points }) => tell('end', { verdict, points }),
  };
}

function trained(progress: TrainProgress, epochs: number): [ProgressEvent['event'], Facts] {
  switch (progress.type) {
    case 'started':
      return ['stage', {}];
    case 'batch': {
      const { epoch, batch, batches, logs } = progress;
      return ['step', { epoch, epochs, metrics: logs, done: batch, total: batches }];
    }
    case 'validation':
      return ['validating', { epoch: progress.epoch, epochs }];
    case 'epoch':
      return ['epoch', { epoch: progress.record.epoch, epochs, metrics: progress.record.logs }];
    case 'predicting':
      return ['predicting', { done: progress.done, total: progress.total }];
  }
}
