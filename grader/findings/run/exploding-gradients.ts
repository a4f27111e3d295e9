import { rule } from '../rule.ts';
import type { RunFacts } from './run-facts.ts';

/**
 * The largest norm is so many times that of the first epoch. Sound trainings of test/findings come to 90
 * times, where word vectors start near 0; gradients that explode (Pascanu et al. 2013) grow by powers of ten.
 */
const growth = 1000;

/** Gradients grew beyond all measure after the first epoch. */
export const explodingGradients = rule(
  'exploding-gradients',
  'error',
  ({ training, score }: RunFacts) => {
    const epochs = (training?.history ?? []).flatMap(({ epoch, learningRate, gradientNorm }) =>
      // Null stands for what is no float32 any more.
      gradientNorm
        ? { epoch, rate: learningRate ?? 0, norm: gradientNorm.largest ?? Infinity }
        : [],
    );
    const first = training?.history[0]?.gradientNorm?.mean;
    if (score.points === 5 || typeof first !== 'number' || first === 0) return null;
    const worst = epochs.reduce((most, each) => (each.norm > most.norm ? each : most), {
      ...{ epoch: 0, rate: 0, norm: 0 },
    });
    if (worst.norm < growth * first) return null;
    const { epoch, rate, norm } = worst;
    return { epoch, rate, first, largest: Number.isFinite(norm) ? norm : null };
  },
);
