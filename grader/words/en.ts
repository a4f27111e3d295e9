import type {
  Fault,
  FindingFigures,
  FindingId,
  PerturbedInputs,
  RateSweep,
  ReportedTraining,
  SharedRows,
  Unpaired,
  Verdict,
} from '../contract.ts';
import type { HintKind } from '../contract/hints.ts';
import type { Texts } from '../text/translate.ts';
import { count, percent, plural, rateOf, significant as n } from '../text/numbers.ts';

const asWritten: Texts = {};

const findings: FindingWords = {
  'one-softmax-unit': ({ activation, value, isClassification }) => [
    `A ${activation} over one output is always ${value}, and so is every prediction: nothing is learnt, since it has no gradient.`,
    isClassification
      ? "Take activation: 'sigmoid', or two outputs with sparseCategoricalCrossentropy."
      : 'Leave the activation out.',
  ],
  'loss-against-targets': ({ problem, loss, outputs, mismatch }) => {
    switch (mismatch) {
      case 'loss-of-numbers':
        return [
          `${loss} is for numbers, and the targets of ${problem} are classes.`,
          outputs === 1
            ? 'Take binaryCrossentropy with a sigmoid.'
            : 'Take sparseCategoricalCrossentropy with a softmax.',
        ];
      case 'one-output':
        return [
          `${loss} takes an output for each class and the model has one, for which it is always 0: nothing is learnt.`,
          'Take binaryCrossentropy with a sigmoid, or two outputs with a softmax.',
        ];
      case 'yes-or-no':
        return [
          `binaryCrossentropy asks for yes or no at each output by itself; a target of ${problem} is one of ${outputs} classes.`,
          'Take sparseCategoricalCrossentropy with a softmax.',
        ];
      case 'one-hot':
        return [
          `The targets of ${problem} are class numbers, 0 to ${outputs - 1}, and ${loss} takes one-hot vectors. The grader makes them of the numbers; Keras fails.`,
          'Take sparseCategoricalCrossentropy.',
        ];
    }
  },
  'activated-logits': ({ activation, loss, applied }) => [
    `The last layer has a ${activation}, and ${loss} with fromLogits: true applies a ${applied} to what comes out of it.`,
    'Leave out either of them.',
  ],
  'logits-as-probabilities': ({ loss, wanted }) => [
    `${loss} takes probabilities, and the last layer has no activation, so it gives numbers of any size.`,
    `Give it activation: '${wanted}', or take losses.${loss}({ fromLogits: true }).`,
  ],
  'activation-against-loss': ({ activation, loss, outputs, wanted, mismatch }) => {
    switch (mismatch) {
      case 'cuts-logits':
        return [
          `${loss} with fromLogits: true takes numbers of any size, and the last layer has a ${activation}, which leaves some out.`,
          'Leave the activation out.',
        ];
      case 'each-by-itself':
        return [
          `${loss} takes the probabilities of ${outputs} classes, which sum to 1; a ${activation} takes each by itself.`,
          `Take activation: '${wanted}'.`,
        ];
      case 'no-probabilities':
        return [
          `${loss} takes probabilities, and the ${activation} of the last layer gives none.`,
          `Take activation: '${wanted}'.`,
        ];
    }
  },
  'limited-output': ({ problem, activation, lowest, highest, isFlatBelowZero }) => {
    const range = highest === null ? `above ${lowest}` : `from ${lowest} to ${highest}`;
    return [
      isFlatBelowZero
        ? `The ${activation} of the last layer gives no number below 0 and has no gradient there: a model that begins below 0 learns nothing.`
        : `The ${activation} of the last layer gives numbers ${range} only, and the targets of ${problem} are not scaled.`,
      'Leave the activation of the last layer out.',
    ];
  },
  'linear-layers': ({ first, second }) => [
    `Between ${first} and ${second} there is no activation, so both together are one linear layer and can do no more.`,
    `Give ${first} activation: 'relu'.`,
  ],
  'look-ahead': ({ layer, steps }) => [
    `The model forecasts at every step${steps === null ? '' : ` of ${steps}`}, and ${layer} sees all steps at once: the target of each step but the last is the input of the next one, so the model is given the answers. Loss and metrics of training and validation say nothing of the held-out part, of which the last step alone is scored.`,
    "Take a layer that looks back only (lstm, gru, or conv1d with padding: 'causal'), or end with one step: returnSequences: false.",
  ],
  'sees-later-steps': ({ steps, moved }) => [
    `The outputs of the first ${steps} steps moved by up to ${n(moved, 2)} standard deviations when only inputs after them were changed: the model sees what it is to forecast. Loss and metrics of all steps but the last say nothing of what is graded.`,
    "Take layers that look back only (lstm, gru, or conv1d with padding: 'causal'), or end with one step: returnSequences: false.",
  ],
  'exact-rows-only': ({ rows, changed }) => [
    `Of ${rows} held-out rows ${changed} got another answer when noise of a thousandth of their standard deviation was added. Whatever a model has learnt does not change by that: these weights hold the held-out rows themselves, or are so large that every answer is chance.`,
    'Train on the training part alone; a score by heart is worth nothing for new rows.',
  ],
  'shared-rows': ({ rows, exact, near }) => [
    `Of ${rows} held-out rows ${exact} stand in the training or validation part as they are, and ${near} nearly so: a model may know their answers by heart.`,
    'Whoever keeps the problem should take these rows out of one of the parts.',
  ],
  'rescaled-twice': ({ layer, scale }) => [
    `The pictures come as numbers from 0 to 1, and ${layer} multiplies them by ${n(scale)} once more: they are all but black.`,
    `Leave ${layer} out.`,
  ],

  'another-reading': (figures) => {
    const { setting, advice } = readings[figures.reading](figures);
    const { metric, value, other } = figures;
    return [
      `${setting} the ${metric} of the validation part is ${n(other, 3)}; it is ${n(value, 3)} as the problem gives it.`,
      advice,
    ];
  },
  'mean-of-the-window': ({ next, mean }) => [
    `The forecasts are nearer to the mean of the window's thirty targets (mean absolute error ${n(mean, 3)} on the validation part) than to the next month (${n(next, 3)}). Keras compares an output of shape [batch, 1] with each of the thirty targets of [batch, 30, 1] without a word.`,
    'Take `return_sequences=True` in the last recurrent layer, or train on the last target only.',
  ],

  'not-finite': ({ epoch, rate }) => [
    `The loss was no number any more in epoch ${epoch}: weights or gradients had become too large for a float32.`,
    `Take a learning rate below ${rateOf(rate)}, for instance ${rateOf(rate / 10)}, or clip gradients: clipnorm: 1.`,
  ],
  'unscaled-inputs': ({ kind, mean, deviation, largest }) => [
    `The first layer with weights is given ${{ pixels: 'pixels', features: 'features', series: 'values of the series' }[kind]} of up to ${n(largest)}, with a mean of ${n(mean)} and a standard deviation of ${n(deviation)}. Layers learn best from numbers around 0 with a standard deviation of about 1.`,
    kind === 'pixels'
      ? 'Leave out what multiplies them, or divide by 255 by layers.rescaling({ scale: 1 / 255 }): pixels from 0 to 1 are fine.'
      : 'Leave out what multiplies them, or begin with layers.batchNormalization().',
  ],
  'unscaled-targets': ({ mean, deviation, layer }) => [
    `The last layer with weights is to give numbers around ${n(mean)}, with a standard deviation of ${n(deviation)}${layer === null ? '' : `, which ${layer} then makes small`}: its weights have far to go from 0, at about the learning rate a step.`,
    layer === null
      ? `End with layers.rescaling({ scale: ${n(deviation, 2)}, offset: ${n(mean, 2)} }), so that the layer before it gives numbers around 0.`
      : `Leave ${layer} out.`,
  ],
  'exploding-gradients': ({ first, largest, epoch, rate }) => [
    `The gradients explode: their norm was ${n(first)} in the first epoch and ${largest === null ? 'beyond every float32' : n(largest)} in epoch ${epoch}, with a learning rate of ${rateOf(rate)}.`,
    `Give the optimizer clipnorm: 1, or a learning rate of ${rateOf(rate / 10)}; where values pass many layers or steps, tanh, an LSTM or layers.batchNormalization() keep them small.`,
  ],
  'dead-units': ({ layer, dead, units, rows }) => [
    `${dead} of the ${plural(units, 'unit')} of ${layer} are dead: they are 0 on each of the ${rows} rows of training that were looked at, and a relu below 0 has no gradient that would wake them.`,
    "Take a smaller learning rate, kernelInitializer: 'heNormal' and no large negative biases, or an activation that never dies: 'elu' or layers.leakyReLU().",
  ],
  'learning-rate-too-high': ({ rate, epochs, rises, first, last, blank }) => [
    last > first
      ? `The loss of training rose from ${n(first)} to ${n(last)} over ${epochs} epochs, with a learning rate of ${rateOf(rate)}.`
      : rises > 0
        ? `The loss of training jumped up by a tenth and more in ${rises} of ${epochs} epochs, with a learning rate of ${rateOf(rate)}.`
        : `The loss of training was ${n(first)} in the first epoch and ${n(last)} in the last; a model that has learnt nothing has ${n(blank ?? NaN)}. The first steps, with a learning rate of ${rateOf(rate)}, took the weights too far.`,
    `Try a learning rate of ${rateOf(rate / 10)}.`,
  ],
  'learning-rate-too-low': ({ rate, epochs, first, last }) => [
    `The loss of training fell from ${n(first)} to ${n(last)} in ${epochs} epochs, a little in each and in a straight line: with a learning rate of ${rateOf(rate)} the model is still at the beginning of its way.`,
    `Try a learning rate of ${rateOf(rate * 10)}.`,
  ],
  'learns-nothing': ({ epochs, loss }) => [
    `The loss of training was ${n(loss)} in all ${epochs} epochs: no gradient arrives at the weights. Units of a relu that are below 0 for every row do so, and so do layers that are frozen.`,
    "Take a smaller learning rate, kernelInitializer: 'heNormal' or layers.leakyReLU, and look at which layers are trainable.",
  ],
  'not-converged': ({ curve, isShare, epochs, fall, window, stoppedBy }) => [
    `When the ${stoppedBy === 'epochs' ? `${epochs} epochs were` : 'time was'} over, the model was still learning: over the last ${window} of them ${isShare ? `the error, 1 − ${curve},` : curve} fell by ${percent(fall)} an epoch.`,
    stoppedBy === 'epochs'
      ? `Train longer, for instance ${2 * epochs} epochs, with callbacks.keepBest.`
      : 'Take larger batches, a smaller model or a higher learning rate, so that it learns more in the time.',
  ],
  'stopped-too-early': ({ curve, epochs, asked, stoppedBy, fall }) => [
    `${stoppedBy === 'early-stopping' ? 'Early stopping' : 'The condition of stopWhen'} ended the training after ${epochs} of ${asked} epochs, while the loss still fell by ${percent(fall)} an epoch and ${curve} was as good as ever.`,
    stoppedBy === 'early-stopping'
      ? 'Give earlyStopping more patience.'
      : 'Ask stopWhen for more, or take earlyStopping.',
  ],
  'over-fitting': ({ curve, best, bestValue, kept, keptValue, epochs }) => [
    `Over-fitting: ${curve} was best in epoch ${best} of ${epochs}, ${n(bestValue)}, and became worse while the training part was learnt by heart; epoch ${kept}, which was graded, had ${n(keptValue)}.`,
    `callbacks.keepBest({ monitor: '${curve}' }) would have handed in epoch ${best}. Dropout, a smaller model or more data (augmentation) put it off.`,
  ],
  'epoch-kept': ({ curve, best, bestValue, kept, keptValue, epochs }) => [
    `The epoch that was graded is not the best: epoch ${best} of ${epochs} had ${curve} ${n(bestValue)}, epoch ${kept} has ${n(keptValue)}.`,
    `callbacks.keepBest({ monitor: '${curve}' }) hands in the best epoch.`,
  ],
  'memorises-pictures': ({ training, heldOut, isAugmented }) => [
    `${percent(training)} of the training pictures are right and ${percent(heldOut)} of the held-out ones: the model knows its pictures by heart.`,
    isAugmented
      ? 'Augment more, add dropout, or take a smaller model.'
      : 'Augment the pictures, add dropout, or take a smaller model.',
  ],
  'augmentation-too-weak': ({ training, heldOut }) => [
    `${percent(training)} of the augmented training pictures are right and ${percent(heldOut)} of the held-out ones: they are changed so little that the model knows them by heart all the same.`,
    'Make the ranges of the augmentation larger, for instance rotationRange: 15, widthShiftRange and heightShiftRange: 0.1, and mirror the pictures where that keeps their class.',
  ],
  'augmentation-too-strong': ({ training, validation }) => [
    `${percent(training)} of the augmented training pictures are right and ${percent(validation)} of those for validation, which are not changed: most of what the model learns is the augmentation.`,
    'Make its ranges smaller, or train longer.',
  ],

  'one-answer': ({ answer, metric, value, constant }) => [
    `Every held-out row got the same answer, "${answer}": the model tells nothing apart. Its ${metric} is ${n(value)}; the best constant answer has ${n(constant)}.`,
    'Look at the last layer, the loss and the learning rate.',
  ],
  'below-constant': ({ metric, value, constant }) => [
    `The ${metric} is ${n(value)}; whoever gives the same answer to every row has ${n(constant)}.`,
    'Look at whether inputs and targets are what the statement says, in scale and order, then at the loss and the learning rate.',
  ],
  'validation-too-good': ({ metric, validation, heldOut }) => [
    `The ${metric} of the validation part, ${n(validation)}, is far better than that of the held-out part, ${n(heldOut)}: it does not measure what is graded.`,
    'Look for rows that are in the training part as well, for a layer that looks ahead, and for a validation part that is too small.',
  ],
  'validation-too-small': (figures) => {
    const { rows, isSplit, ...why } = figures;
    return [
      why.kind === 'class'
        ? `The epoch was chosen by ${plural(rows, 'validation row')} of which ${why.ofClass === 0 ? 'none is' : `${why.ofClass} ${why.ofClass === 1 ? 'is' : 'are'}`} "${why.name}": whether the model finds this class played no part.`
        : `The epoch was chosen by ${plural(rows, 'validation row')}: chance alone moves their ${why.curve} by ${n(why.standardError, 2)} (standard error), and the epoch that was kept is only ${n(Math.max(0, why.difference), 2)} better than the others.`,
      isSplit
        ? 'Leave validationSplit out, so that the validation part of the problem decides, or make it larger; it takes the last rows as they lie, in the order of the data.'
        : 'Train for a number of epochs that you know to be good, or average over several seeds: so few rows choose none.',
    ];
  },
  'shift-by-segment': (figures) => {
    if (figures.kind === 'class') {
      const { name, rows, error, otherError, validation } = figures;
      return [
        `Of the ${count(rows)} held-out rows of "${name}" ${percent(error)} are wrong, of all others ${percent(otherError)}; of those for validation ${validation === 0 ? 'none was' : `${percent(validation)} were at most`}. What there is of this class in the held-out part is not like what was trained on.`,
        `Look at these rows in the list of held-out examples, and make training cover what is new in them: augmentation, dropout, a smaller model.`,
      ];
    }
    const { name, side, range, rows, error, otherError, isSplit, isShare } = figures;
    const value = isShare ? percent : n;
    return [
      `In ${plural(rows, 'held-out row')} the feature "${name}" is ${side} that of every training row (${n(range[0])} to ${n(range[1])}): ${isShare ? 'the share of wrong answers' : 'the mean absolute error'} is ${value(error)} there and ${value(otherError)} elsewhere.`,
      isSplit
        ? 'validationSplit takes the last rows as they lie, and such rows are among them: leave it out, and the model learns from them.'
        : 'No model knows what lies beyond its training rows: take one that goes on in a straight line there (fewer layers, stronger regularizers), or leave the feature out.',
    ];
  },
  'class-imbalance': ({ name, share, recall, others, isByWeight }) => [
    `"${name}" has ${percent(share)} of the weight of all training rows, and ${percent(recall)} of its held-out rows are found; the median of the other classes is ${percent(others)}.`,
    isByWeight
      ? `classWeight makes it so small: give "${name}" more.`
      : 'Give its rows more weight by classWeight.',
  ],
  'wrong-tokenizer': ({ kind, vocabulary, size, unknown, neverKnown }) => [
    kind === 'idle-rows' && size !== null
      ? `The Embedding has rows for ${count(size)} words and the vocabulary ${count(vocabulary)}: word ids from there on are given to the model as unknown, ${percent(unknown)} of all held-out words, and ${count(size - vocabulary)} rows are never used.`
      : `The vocabulary has ${count(vocabulary)} words: ${percent(unknown)} of all held-out words are unknown to the model, and all the same to it; the tokenizer itself does not know ${percent(neverKnown)}.`,
    kind === 'idle-rows' && size !== null
      ? `Write vocabulary: ${size} in the recipe, as far as the problem allows it, or make inputDim smaller.`
      : 'Take a larger vocabulary, and the same number as inputDim of the Embedding.',
  ],
  'class-ignored': ({ name, recall, rows, takenFor, taken }) => [
    `"${name}" is found in ${percent(recall)} of its ${rows} rows, far less than the others; ${taken} of them are taken for "${takenFor}".`,
    `Look at what tells "${name}" from "${takenFor}", weigh it by classWeight, or train longer.`,
  ],
  'towards-the-mean': ({ predicted, actual }) => [
    `The predictions keep close to their mean: their standard deviation is ${n(predicted)}, that of the true values ${n(actual)}.`,
    'Train longer or take a larger model; look at whether the inputs are scaled.',
  ],
  'off-by-a-constant': ({ metric, offset, value, without }) => [
    `The predictions are ${n(Math.abs(offset))} too ${offset > 0 ? 'high' : 'low'} on average; without that the ${metric} would be ${n(without)} instead of ${n(value)}.`,
    'Look at whether the targets were shifted or scaled, and at the bias of the last layer; train longer.',
  ],
  'repeats-the-last-value': ({ toLast, toNext }) => [
    `The forecasts are the last value that was given, not the one that follows: they are ${n(toLast, 3)} away from it on average, and ${n(toNext, 3)} from what they should forecast.`,
    'Give the model more than the last step to go by: a conv1d or recurrent layer over the window, trained longer.',
  ],
};

/** Each written out. */
interface StatedLimits {
  readonly seconds: string;
  readonly parameters: string;
  readonly layers: string;
  readonly mebibytes: string;
}

/**
 * What people read at length, in English: plain texts, and functions where numbers or names go in; numbers
 * come as they are to be shown unless a plural hangs on them. A language is one file of this shape; the
 * compiler checks that it has every entry.
 */
export const english = {
  /** BCP 47. */
  tag: 'en',
  /** What the grader notes, by its English words; the others stay English. */
  notes: asWritten,

  page: {
    kicker: (category: number) => `Grade report · category ${category}`,
    sample: 'Sample data',
    sampleMeaning:
      'This run used generated data, not the real data set. It shows that everything works; it is no grade.',
    notes: 'Notes',
    /** Around the name of a file. */
    everything: { before: 'Everything on this page is also in', after: '.' },
  },

  verdict: {
    titles: {
      passed: 'Passed',
      'below-pass-mark': 'Below the pass mark',
      'invalid-submission': 'Invalid submission',
      'limit-exceeded': 'Limit exceeded',
      crashed: 'The submission crashes',
      'package-fault': 'Not graded: problem package at fault',
      'machine-fault': 'Not graded: machine at fault',
      'grader-fault': 'Not graded: grader at fault',
      'wrong-usage': 'Not graded: wrong usage',
      interrupted: 'Not graded: interrupted',
    } satisfies Record<Verdict, string>,
    /** It was stopped, and what there was by then was scored for whoever wants to know. */
    cutShort: 'Interrupted: the score does not count',
    blames: {
      usage: 'The command is at fault. The submission is not judged.',
      candidate: 'The submission is at fault.',
      limit: 'The submission asks for more than the limits allow.',
      package: 'The problem package is at fault. The submission is not judged.',
      machine: 'This machine is at fault. The submission is not judged.',
      grader: 'The grader is at fault. The submission is not judged.',
      interrupted: 'Nobody is at fault: the run was stopped. The submission is not judged.',
    } satisfies Record<Fault, string>,
    score: 'Score:',
    whatHappened: 'What happened',
    whatWentWrong: 'What went wrong',
    code: 'Code',
    profile: (profile: string, passMark: number) =>
      `${profile} profile · pass mark ${passMark} of 5`,
  },

  /** In a table of a terminal: the id that reports and exit codes are told by. */
  verdictInTable: (verdict: Verdict): string => verdict,

  /** A metric by the name that it has in `grader/metrics/metric.ts`. */
  metricName: (name: string): string => name,
  /** How an output was read, by what the scorer says of it. */
  reading: (reading: string): string => reading,

  metric: {
    title: 'Result against the thresholds',
    /** The metric in one sentence; its value stands between both parts. */
    lead: (name: string, { unit, rows, low, high }: MeasuredWords) => ({
      before: name,
      after: `${unit === '' ? '' : ` ${unit}`} on ${rows} held-out rows, 95% interval ${low} to ${high}.`,
    }),
    worse: '← worse',
    better: 'better →',
    scale: (baseline: string) =>
      `Every zone is drawn equally wide, and linear inside. The dot is this result, its whisker the interval of 95% over held-out rows of the same kind; the dotted line is a constant guess, ${baseline}.`,
    caption: (value: string, better: 'lower' | 'higher') => `${value}, ${better} is better`,
    points: 'Points',
    bar: 'Bar',
    reached: 'Reached',
    distance: 'Distance',
    certainty: 'Certainty',
    passMark: 'pass mark',
    yes: 'yes',
    no: 'no',
    toSpare: (distance: string) => `${distance} to spare`,
    short: (distance: string) => `${distance} short`,
    certaintyMeaning:
      'Certainty: how often other held-out rows of the same kind would reach the bar.',
    outputReadAs: 'Output read as:',
    baseline: (baseline: string) =>
      `Constant baseline ${baseline}: the score of a model that always gives the same answer.`,
    barsFrom: 'Bars:',
    /** The scale of points, for who cannot see it. */
    spoken: ({ name, value, points, baseline }: SpokenScale) =>
      `Scale from 0 to 5 points. ${name} ${value} lies in the zone of ${points}; the constant baseline is ${baseline}.`,
    next: ({ points, relation, bar, gap, errors }: NextPoint) =>
      `${points} ${points === 1 ? 'point needs' : 'points need'} ${relation} ${bar}: ${gap} away${errors === null ? '' : `, ${errors} standard errors`}.`,
    /** Points that other held-out rows would reach, each with the share of cases. */
    closeCall: (near: readonly { readonly points: number; readonly share: string }[]) =>
      `Borderline: other held-out rows of the same kind would give ${near
        .map(
          ({ points, share }) => `${points === 5 ? '5 points' : `${points} or more`} in ${share}`,
        )
        .join(', ')} of all cases.`,
  },

  gap: {
    moreRight: (needed: number, rows: number) =>
      `That is ${plural(needed, 'more right answer')} of ${count(rows)}.`,
    worstConfusion: ({ times, actual, predicted, share }: Confused) =>
      `The most frequent error, ${times} times "${actual}" was taken for "${predicted}", is ${share} of that.`,
    someOfConfusion: ({ times, actual, predicted, share }: Confused) =>
      `${times} times "${actual}" was taken for "${predicted}": ${share} of these would do.`,
    /** Values of the target between two, or without a lower or an upper end. */
    range: (lowest: string | null, highest: string | null) => {
      if (lowest === null) return `those with true values up to ${highest ?? ''}`;
      if (highest === null) return `those with true values from ${lowest} up`;
      return `those with true values from ${lowest} to ${highest}`;
    },
    worstRange: ({ rows, range, error, metric, value, points }: WorstRange) =>
      `${rows} of the rows, ${range}, make ${error} of the error. Were they predicted as well as the others, the ${metric} would be ${value}: ${plural(points, 'point')}.`,
  },

  /** Changes of a recipe. */
  changes: {
    layer: (place: number) => `layer ${place}`,
    title: 'What differs in the recipes',
    added: 'added',
    removed: 'removed',
  },

  /** The last attempt beside this one. */
  since: {
    title: 'Since the last attempt',
    label: 'Since',
    then: ({ date, points, metric, value }: ThenWords) =>
      `Last attempt, ${date}: ${points}, ${metric} ${value}.`,
    difference: ({ value, low, high, rows, trend, share }: DifferenceWords) =>
      `Difference ${value} (95% interval ${low} to ${high}): ${
        {
          better: 'better beyond chance',
          worse: 'worse beyond chance',
          unsure: `within chance, better in ${share} of the resamples`,
        }[trend]
      }, by both models' answers to the same ${rows} held-out rows.`,
    equal: (rows: string) => `Both models gave the same result on each of the ${rows} rows.`,
    notPaired:
      'The two were not compared row by row: the held-out rows were others, or the earlier predictions are gone.',
    seed: 'seed',
    more: (count: number) => `And ${plural(count, 'more change')}, in report.json.`,
    nothing: 'Recipe and seed are as they were.',
    unknown: 'There is no recipe and no model of both to compare.',
    meaning:
      'Chance here is that of the held-out rows. Another seed may move a result as well; only several tell by how much.',
  },

  /** Two attempts that someone has named. */
  classPage: {
    /** In the terminal, before its path. */
    file: 'Class:',
    kicker: 'Class',
    title: 'Results of a class',
    overview: 'Overview',
    /** Where an interrupt or the end of the time came before some. */
    partial: (left: number, of: number) =>
      `Partial: ${count(left)} of ${plural(of, 'submission')} ${left === 1 ? 'is' : 'are'} not graded yet.`,
    candidates: 'candidates',
    submissions: 'submissions',
    unjudged: 'not judged',
    late: 'late',
    absent: 'handed in nothing',
    points: 'Points of each problem',
    byPoints: (candidates: string, mean: string) =>
      `candidates by the points of their best submission: ${candidates}, ${mean} points on average`,
    distributionLabel: (problem: string, counts: readonly number[]) =>
      `${problem}: ${counts.map((of, points) => `${plural(of, 'candidate')} with ${plural(points, 'point')}`).join(', ')}`,
    hardest: (problem: string, mean: string) =>
      `The hardest problem was ${problem}, with ${mean} points on average.`,
    everybody: 'Candidates',
    tableCaption: 'Points, each with its report, the best first',
    candidate: 'candidate',
    lateMark: 'late',
    absentMark: 'handed in nothing',
    notJudged: 'Not graded',
    commonFindings: 'Most common findings',
    ofSubmissions: (some: number, all: number) => `${count(some)} of ${plural(all, 'submission')}:`,
    findingsExample: 'The figures are those of one of them.',
    lookAt: 'Look at these',
    noGuilt:
      'These are alike. That is a hint of where to look, not that anyone has copied: small models and known recipes coincide.',
    alike: {
      'same-file': 'the same file, byte for byte:',
      'same-predictions': 'other files with the same weights, by their predictions:',
      'same-recipe': 'the same recipe, up to the names of layers:',
      'near-recipe': 'the same recipe, up to names, seeds and epochs:',
    } satisfies Readonly<Record<HintKind, string>>,
    ownTitle: 'The own files of the problems',
    own: {
      starter: (kind: HintKind): string =>
        kind === 'same-file' ? 'the starter as it is:' : 'the recipe of the starter:',
      solution: (kind: HintKind): string =>
        kind === 'same-file'
          ? 'the reference solution as it is:'
          : 'the recipe of the reference solution:',
    },
  },

  certificate: {
    titles: { 'practice-record': 'Practice record', certificate: 'Certificate' },
    meaning: {
      'practice-record':
        'A record of practice: nobody supervised, or the held-out data are public. It says what was graded, not who did it.',
      certificate: 'Supervised, on held-out data that candidates could not know.',
    },
    passed: 'Passed',
    notPassed: 'Not passed',
    result: (total: string, passMark: string) => `${total} of 100, pass mark ${passMark}`,
    ...{
      results: 'Results',
      problem: 'Problem',
      points: 'Points',
      metric: 'Metric ± standard error',
    },
    ...{ attempts: 'Attempts', data: 'Held-out data', circumstances: 'Circumstances' },
    secrecy: { public: 'public', 're-split': 're-split in secret', private: 'private' },
    identity: 'Identity',
    selfDeclared: 'as the candidate says',
    supervised: (by: string) => `checked by ${by}, who supervised`,
    when: 'Sat',
    ended: { finished: 'finished', 'time-over': 'time over', regraded: 'graded again later' },
    ...{ time: 'Time limit', none: 'none' },
    minutes: (minutes: string) => `${minutes} minutes`,
    rule: 'Attempts',
    counts: { best: 'the best counts', last: 'the last counts' },
    ...{ profile: 'Thresholds', grader: 'Grader', isolation: 'isolation:' },
    clock: 'Clock',
    jumps: (jumps: number) => `was changed ${plural(jumps, 'time')}`,
    ...{ key: 'Signed by key', closing: 'Closing record', examHash: 'Exam file' },
    verify: 'To check it',
    how: 'With the public key of whoever graded, the file is checked offline, every byte of it, by this command; for the paper, save the text of the code in a file and name that.',
    qrLabel: 'QR code with the signed result',
  },

  comparison: {
    kicker: 'Two attempts',
    pageTitle: (problem: string) => `${problem}: two attempts`,
    title: 'What came of it',
    then: 'first',
    now: 'second',
    change: 'difference',
    figures: 'Both attempts',
    figure: 'figure',
    className: 'class',
    folder: 'result folder',
    submission: 'submission',
    graded: 'graded',
    points: 'points',
    interval: '95% interval',
    parameters: 'parameters',
    epochs: 'epoch graded',
    epochsOf: (graded: number, all: number) => `${count(graded)} of ${count(all)}`,
    training: 'training',
    seed: 'seed',
    device: 'device',
    classes: 'Recall of each class',
    sameRecipe: 'The recipes are the same.',
    unpaired: {
      'not-scored': 'At least one of them has no score, so there is no difference to measure.',
      'no-predictions':
        'They were not compared row by row: the predictions of one are no longer in its folder.',
      'other-held-out':
        "They were not compared row by row: the problem's held-out rows or its metric are no longer those that both had.",
    } satisfies Readonly<Record<Unpaired, string>>,
    byErrors: ({ value, low, high }: Readonly<Record<'value' | 'low' | 'high', string>>) =>
      `Difference ${value} (95% interval ${low} to ${high}), from the standard error of each, as if the rows had nothing in common.`,
  },

  findings: {
    title: 'What to do next',
    origin:
      'Found by rules in the recipe, the training and the predictions. They change no points.',
    /** What was found and what to do, by its rule. */
    of: findings,
  },

  training: {
    title: 'Training',
    none: 'No whole epoch was finished.',
    /** How long it went on, and why no longer. */
    ended: {
      epochs: (epochs) => `${plural(epochs, 'epoch')}; all that the recipe asks for.`,
      'early-stopping': (epochs) =>
        `${plural(epochs, 'epoch')}; early stopping ended the training.`,
      'stop-when': (epochs) =>
        `${plural(epochs, 'epoch')}; the recipe's stop condition ended the training.`,
      'time-limit': (epochs) => `${plural(epochs, 'epoch')}; the time limit ended the training.`,
      interrupted: (epochs) => `${plural(epochs, 'epoch')}; the run was interrupted.`,
      'not-finite': (epochs) =>
        `${plural(epochs, 'epoch')}; the training ended because the loss was not finite.`,
    } satisfies Ended,
    /** Null stands for the last epoch. */
    graded: (epoch: number | null) =>
      `The weights of ${epoch === null ? 'the last epoch' : `epoch ${epoch}`} were graded.`,
    kept: (epoch: number | null) =>
      `The weights of ${epoch === null ? 'the last epoch' : `epoch ${epoch}`} were kept.`,
    gradedLine: (epoch: number) => `graded: epoch ${epoch}`,
    keptLine: (epoch: number) => `kept: epoch ${epoch}`,
    bestLine: (epoch: number) => `best by validation: epoch ${epoch}`,
    epoch: 'epoch',
    seconds: 'seconds',
    learningRate: 'learning rate',
    rateOfTheEpoch: 'rate of the epoch',
    gradientNorm: 'norm of the gradients',
    meanNorm: 'mean of the steps',
    largestNorm: 'largest',
    trainingPart: 'training',
    validationPart: 'validation',
    logarithmic: (title: string) => `${title}, logarithmic`,
    numbersByEpoch: 'Numbers by epoch',
    caption: 'Logs of each epoch',
    rowsLeftOut: (rows: number) => `The other ${rows} epochs are in report.json.`,
    /** A chart and its curves, for who cannot see them. */
    spokenChart: (title: string) => `${title} by epoch.`,
    spokenCurve: ({ name, first, last, lowest, highest, gaps }: SpokenCurve) =>
      `${capital(name)}: from ${first} to ${last}, lowest ${lowest}, highest ${highest}${gaps > 0 ? `; ${plural(gaps, 'epoch')} without a finite value` : ''}.`,
    spokenNothing: (name: string) => `${capital(name)}: no finite value.`,
  },

  classes: {
    title: 'Classes',
    figures: { accuracy: 'Accuracy', macroF1: 'Macro F1', rocAuc: 'ROC AUC' },
    rocAucOfMany: 'ROC AUC, one against the rest',
    aClassIsMissing: 'undefined: a class is missing',
    matrix:
      'Confusion matrix: actual classes in rows, predicted classes in columns; counts and shares of the row',
    actual: 'actual ↓',
    takenFor: (actual: string, predicted: string) => `${actual} taken for ${predicted}`,
    confusions: 'Most frequent errors',
    confused: (count: string, share: string, actual: string) =>
      `${count} rows, ${share} of all ${actual}`,
    rows: (rows: string) => `; held-out rows ${rows}`,
    row: (row: number) => `Held-out row ${row}`,
    each: 'Each class',
    eachCaption: 'Precision, recall, F1 and support of each class',
    columns: {
      ...{ name: 'Class', precision: 'Precision', recall: 'Recall', f1: 'F1', support: 'Support' },
    },
  },

  predictions: {
    title: 'Predictions',
    figures: { mae: 'MAE', rmse: 'RMSE', mse: 'MSE', r2: 'R²', huber: 'Huber, δ = 1' },
    oneRow: 'undefined: one row',
    thinned: (all: string, shown: string) =>
      `Of ${all} rows the plots show ${shown}, evenly spaced; the histogram counts all.`,
    actual: 'actual',
    predicted: 'predicted',
    error: 'predicted − actual',
    rows: 'rows',
    forecast: 'Forecast over time',
    forecastSpoken: ({ rows, first, last, actual, predicted }: SpokenForecast) =>
      `Actual and predicted values of ${rows} steps from ${first} to ${last}; actual between ${actual[0]} and ${actual[1]}, predicted between ${predicted[0]} and ${predicted[1]}.`,
    scatter: 'Predicted against actual',
    aRow: 'a held-out row',
    diagonal: 'predicted = actual',
    scatterSpoken: ({ rows, actual, predicted }: SpokenScatter) =>
      `Scatter of ${rows} held-out rows: actual between ${actual[0]} and ${actual[1]}, predicted between ${predicted[0]} and ${predicted[1]}.`,
    residuals: 'Residuals',
    rowsByError: 'rows by error, predicted − actual',
    residualsSpoken: ({ fullest, centre, tooLow, rows }: SpokenResiduals) =>
      `Histogram of predicted minus actual: most rows, ${fullest}, around ${centre}; ${tooLow} of ${rows} predictions are too low.`,
  },

  augmented: {
    title: 'What augmentation made of the pictures',
    lead: 'Pictures of the training part, each as it is and then as the model got it, from random numbers other than those of the training.',
    standardised:
      'What the model got was standardised as well: it is shown from its darkest value to its lightest.',
    columns: { row: 'Row', before: 'As it is', after: 'Augmented' },
    before: (row: number) => `training row ${row} as it is`,
    after: (row: number, at: number) => `training row ${row}, augmented, number ${at}`,
  },

  model: {
    title: 'Model',
    parameters: 'Parameters',
    trainable: 'Trainable',
    frozen: 'Not trainable',
    input: 'Input',
    layers: 'Layers',
    caption: 'Layers of the model',
    columns: {
      ...{ layer: 'Layer', type: 'Type', shape: 'Output shape', parameters: 'Parameters' },
      from: 'Connected to',
    },
    layersLeftOut: (layers: number) => `The other ${layers} layers are in report.json.`,
    diagramTitle: 'Layers and their connections',
    diagramLegend: 'type, name; output shape, parameters',
    diagram: (layers: number, hasBranches: boolean) =>
      hasBranches
        ? `Diagram of the model's ${plural(layers, 'layer')} with their connections. The table says what each is connected to.`
        : `Diagram of the model: ${plural(layers, 'layer')}, one after the other. The table lists them.`,
    noDiagram: (layers: number) =>
      `There is no diagram of this model: ${plural(layers, 'layer')} with so many connections are more than can be drawn legibly.`,
    notPrinted: 'The diagram is too large for a printed page; the page on the screen has it.',
  },

  modelFile: {
    title: 'Model file',
    summary: (version: string, parameters: string) =>
      `As handed in: ${version}, ${parameters} parameters; nothing was trained.`,
    noVersion: 'Keras, version not stated',
    savedBy: 'Saved by',
    file: 'File',
    weights: 'Weights',
    optimizer: 'Optimizer state, not used',
    none: 'none',
  },

  recipe: {
    title: 'Recipe',
    settings: {
      ...{ optimizer: 'Optimizer', loss: 'Loss', metrics: 'Metrics', epochs: 'Epochs' },
      ...{ batchSize: 'Batch size', stepsPerEpoch: 'Steps per epoch', validation: 'Validation' },
      ...{ shuffle: 'Shuffle', seed: 'Seed', classWeight: 'Class weight', callbacks: 'Callbacks' },
      ...{ augmentation: 'Augmentation', vocabulary: 'Vocabulary' },
    },
    none: 'none',
    everyEpoch: 'every epoch',
    no: 'no',
    ownValidation: "the package's validation part",
    lastOfTraining: (share: string) => `the last ${share} of the training part`,
    everyEpochs: (part: string, epochs: string) => `${part}, every ${epochs} epochs`,
    wordIds: (ids: string) => `${ids} word ids`,
    values: (values: string) => `(${values} values)`,
    json: 'The recipe as JSON',
    jsonCut: (shown: string, all: string) =>
      `Cut after ${shown} of ${all} characters; the whole is in report.json.`,
  },

  run: {
    title: 'Data and run',
    data: 'Data and submission',
    times: 'Times',
    environment: 'Environment',
    facts: {
      ...{ dataset: 'Data set', variant: 'Variant', origin: 'Origin', sampleSeed: 'Sample seed' },
      ...{ submission: 'Submission', format: 'Format', grader: 'Grader', device: 'Device' },
      ...{ threads: 'Threads', execution: 'Training ran', platform: 'Platform' },
      ...{ processor: 'Processor', isolation: 'Isolation', seed: 'Seed' },
      ...{ started: 'Started', finished: 'Finished', training: 'Training' },
      ...{ prediction: 'Prediction' },
    },
    sample: 'generated sample',
    real: 'real data',
    on: 'on',
    off: 'off',
    cores: (cpu: string, cores: number) => `${cpu}, ${cores} cores`,
    eager: (reason: string) => `op by op: ${reason}`,
    graph: 'as one graph',
    shards: (shards: number) => `as one graph, each batch in ${shards} parts`,
    /** "8.4 s", "3 min 05 s", "1 h 02 min". */
    units: { hours: ' h', minutes: ' min', seconds: ' s' },
  },

  /** What a problem's statement has of its `problem.json`. */
  statement: {
    points: 'points',
    limits: ({ seconds, parameters, layers, mebibytes }: StatedLimits) =>
      `training takes at most ${seconds} s; a model has at most ${parameters} parameters and ${layers} layers, and one batch may need ${mebibytes} MiB`,
  },
  terminal: {
    sample: 'Sample data: generated, not the real data set. This is no grade.',
    score: (points: number) => `Score ${points}/5`,
    wouldBe: (points: number) => `Would be ${points}/5`,
    profile: (profile: string, passMark: number) => `(${profile} profile, pass mark ${passMark})`,
    /** What each line is of, in one width. */
    lines: {
      ...{ bars: 'Bars ', training: 'Train', model: 'Model', next: 'Next ', sure: 'Sure ' },
      ...{ more: '     ', report: 'Report ' },
    },
    hint: (text: string, rule: string) => `hint: ${text} (${rule})`,
    note: (text: string) => `note: ${text}`,
    scoreAlone: 'TensorBoard has the score alone: a model that is not trained has no curves.',
    pointsByProfile: 'Points by profile:',
    passMark: (points: number) => `Pass mark: ${points} of 5`,
    started: (file: string, commands: readonly string[]) =>
      commands.length === 1
        ? `Wrote ${file}. Edit it, then: ${commands.join('')}`
        : [`Wrote ${file}. Edit it, then:`, ...commands.map((each) => `  ${each}`)].join('\n'),
    notGraded: (name: string, reason: string) => `not graded: ${name}: ${reason}`,
    ignored: (names: string, more: number) =>
      `passed over, as tools and systems leave them everywhere: ${names}${more > 0 ? ` and ${more} more` : ''}`,
    class: {
      plan: (submissions: number, candidates: number, seconds: number) =>
        `${plural(submissions, 'submission')}${candidates > 0 ? ` of ${plural(candidates, 'candidate')}` : ''}, ${about(seconds)}`,
      progress: (done: number, of: number, seconds: number) =>
        `${done} of ${of}, ${about(seconds)} left`,
      kept: (name: string) => `kept from an earlier run: ${name}`,
      absent: (count: number, names: string) =>
        count === 0
          ? 'On the roster, all have handed in.'
          : `On the roster, handed in nothing: ${count} (${names})`,
      strangers: (count: number, names: string) => `Not on the roster: ${count} (${names})`,
      hidden: (path: string) => `Names are hidden; ${path} says who is who.`,
      undecided: (name: string, among: string) =>
        `${name} may be of several on the roster (${among}); it is taken for none of them.`,
      deadline: (time: string, isLocal: boolean) =>
        `Deadline: ${time}${isLocal ? ', by the time zone of this machine' : ''}`,
      timesOf: {
        canvas: "Late is what Canvas has marked LATE, by Canvas's own date.",
        archive: 'When something came is told by the times in the archive.',
        files:
          'When something came is told by the times of the files on this disk; a program that unpacks a download may have set others.',
        none: 'All files have the time of their download: when they came is not known.',
      },
      late: (count: number, names: string) =>
        count === 0 ? 'None is known to have come late.' : `Late: ${count} (${names})`,
      strictInstead: (problem: string, profile: string) =>
        `${problem} has no profile "${profile}": its strict one counts.`,
      nothingToResume:
        'What is done stays in results/. To be able to go on, name a folder: --out DIR.',
      goOn: (command: string) => `Go on with: ${command}`,
    },
    notGradedCount: (count: number) => `Not graded: ${count}`,
    maybeSubmissions: (names: string, more: number) =>
      `, of which may be submissions: ${names}${more > 0 ? ` and ${more} more` : ''}`,
    borderline: (names: string, more: number, points: number) =>
      `Borderline at ${plural(points, 'point')}: ${names}${more > 0 ? ` and ${more} more` : ''}. Another processor, number of threads or seed may decide otherwise; --seeds 5 shows how far a recipe scatters.`,
  },

  /** In a job of GitHub Actions: annotations and the summary of a step. */
  github: {
    title: (reached: number, all: number, points: number) =>
      `${reached} of ${plural(all, 'submission')} reached ${plural(points, 'point')}`,
    columns: ['Submission', 'Problem', 'Points', 'Outcome'] as readonly string[],
    borderline: 'borderline',
    more: (count: number) =>
      `${count} more; the log and the summary of this step have all of them.`,
    cut: (count: number) =>
      `${plural(count, 'more submission')}: this page has no room for them, the results have.`,
  },

  history: {
    columns: {
      ...{ date: 'graded', points: 'points', interval: '95% interval', seed: 'seed' },
      folder: 'result folder',
    },
    sample: '(sample data)',
    scoredAgain: '(scored again)',
    none: (folder: string) => `There are no attempts in ${folder}.`,
    skipped: (folder: string, reason: string) => `Left out: ${folder}: ${reason}.`,
    moreSkipped: (count: number) => `And ${count} more; --json names them all.`,
    /** Why a folder shows no attempt. */
    unread: {
      'no-report': 'it has no report.json; its grading goes on, or was cut short',
      foreign: 'its report.json is no report of this grader',
      broken: 'its report.json is broken',
      'too-large': 'its report.json is too large for a report',
      newer: 'its report.json is of a newer grader',
      'other-parts': 'its report.json lacks parts of a report, or has others',
    },
  },
  /** What was tried to find answers that leaked. */
  probes: {
    title: 'Probed for leaks',
    sharedRows: ({ rows, exact, near, kind }: SharedRows) => {
      const same = `Held-out rows that are in the training or validation part as well: ${count(exact)} of ${count(rows)} with the same values`;
      const alike = {
        words: `${count(near)} with all words but one the same.`,
        pictures: `${count(near)} nearly the same to look at.`,
        features: `${count(near)} with every feature nearly the same.`,
        series: '',
      }[kind];
      return alike === '' ? `${same}.` : `${same}, ${alike}`;
    },
    sees: (steps: number, moved: string) =>
      `Inputs after step ${steps} were changed: outputs up to it moved by ${moved} standard deviations.`,
    perturbed: ({ rows, changed }: PerturbedInputs) =>
      `Noise of a thousandth of the inputs' standard deviation was added to ${plural(rows, 'held-out row')}: ${changed === 0 ? 'none' : count(changed)} of them got another answer.`,
    seesNothing: (steps: number) =>
      `Inputs after step ${steps} were changed: the outputs up to it stayed as they were, so no step sees what comes after it.`,
  },

  /** Short trainings at other learning rates. */
  sweep: {
    title: 'Loss against learning rate',
    label: 'Rate ',
    lead: (verdict: RateSweep['verdict'], own: string, taken: string) => {
      const judged = {
        'too-high': `The learning rate, ${own}, is too high: take ${taken}.`,
        'too-low': `The learning rate, ${own}, is too low: take ${taken}.`,
        'about-right': `The learning rate, ${own}, is about right; ${taken} is the lowest that comes about as far in a short training.`,
      };
      return judged[verdict];
    },
    rate: 'Learning rate',
    loss: 'Loss',
    notFinite: 'not finite',
    own: (rate: string) => `the recipe's rate, ${rate}`,
    spoken: (loss: string, rate: string) =>
      `Chart of the loss by learning rate: the lowest, ${loss}, at ${rate}.`,
    meaning:
      'About a hundred steps at each constant rate, after the grading and without the callbacks; loss of the last epoch. It changes no points.',
  },

  /** One recipe by several seeds. */
  seeds: {
    title: 'By seed',
    label: 'Seeds',
    lead: ({ asked, done, failed, graded, metric, lowest, highest, points }: SeedWords) => {
      const range =
        lowest === null || highest === null ? '' : `: ${metric} from ${lowest} to ${highest}`;
      return `${done < asked ? `${done} of ${asked}` : done} trainings${range}, points ${points.join(', ')}${failed === 0 ? '' : `, ${failed} of them failed`}. The median, seed ${graded}, is what was graded.`;
    },
    seed: 'Seed',
    points: 'Points',
    epochs: 'Epochs',
    time: 'Training',
  },

  /** Of predictions that were scored again. */
  scoredBefore: {
    title: 'Scored again',
    label: 'Again',
    lead: (date: string, isChanged: boolean) =>
      `The predictions that were scored on ${date} were scored again; nothing was trained.${isChanged ? '' : ' Nothing has changed.'}`,
    before: 'before',
    now: 'now',
    points: 'points',
    metric: 'metric',
    value: 'value of the metric',
    profile: 'profile',
    bar: (points: number) => `asked for ${points} of 5`,
    problem: "problem's version",
    grader: 'grader',
  },

  explanation: {
    title: 'What the model looked at',
    notWhy: 'It says what the answers depend on, not why they are right.',
    asked: (predictions: string, seconds: string) =>
      `${predictions} predictions, made when the score stood, ${seconds} s.`,
    occlusion:
      'Each square of a picture was covered in turn. Blue: without it the model is less sure of its answer; orange: surer. The rows that came out worst, and two that it was surest of.',
    leftOutWords:
      'Each word was left out in turn. Blue: without it the model is less sure of its answer; orange: surer. The rows that came out worst, and two that it was surest of.',
    permutedFeatures: (rows: string) =>
      `The values of one feature after the other changed places among ${rows} held-out rows: the more the metric suffers, the more the model goes by it. Features that say the same thing share it.`,
    permutedLags: (rows: string) =>
      `The values so many steps back changed places among ${rows} held-out windows: the more the metric suffers, the more the model goes by them.`,
    feature: 'Feature',
    stepsBack: 'Steps back',
    shuffled: (metric: string) => `${metric}, shuffled`,
    worse: 'worse by',
    whole: (value: string) => `As they are, these rows have ${value}.`,
    leftOut: (others: string, value: string) =>
      `The other ${others} matter less and are in report.json. As they are, these rows have ${value}.`,
    right: (predicted: string) => `${predicted}, rightly`,
    wrong: (predicted: string, actual: string) => `${predicted}, in truth ${actual}`,
    square: (down: number, across: number) => `the square in row ${down}, column ${across}`,
    word: (word: string) => `"${word}"`,
    falls: (part: string, given: string, without: string) =>
      `Without ${part} its probability falls from ${given} to ${without}.`,
    nothing: (given: string) => `No part alone lowers its probability of ${given}.`,
  },
  evidence: {
    totals: 'This problem tells totals alone: no held-out row is shown.',
    examples: 'Held-out rows, the worst first',
    shownOf: (shown: string, all: string, file: string) =>
      `${shown} of ${all} rows; all of them stand in ${file}.`,
    ranking: {
      probability: 'A row is the worse, the less probability its true class was given.',
      score:
        'A row is the worse, the further the predicted class lies above the true one. The outputs are no probabilities.',
      distance: 'A row is the worse, the further the prediction is off.',
    },
    row: 'Row',
    example: 'Example',
    actual: 'Actual',
    predicted: 'Predicted',
    error: 'Error',
    confidence: 'Confidence',
    ofActual: 'Of the true class',
    right: 'right',
    notKnown: 'not known to the model',
    notKnownNote:
      'A word in a dashed box was not known to the model: it was given the mark for unknown words.',
    windowNote:
      'Drawn is what the forecast was made from, then the actual value in grey and the predicted one in blue.',
    picture: (row: number) => `Held-out row ${row}`,
    window: (steps: number, first: string, last: string) =>
      `${steps} values, the first ${first}, the last ${last}`,
    filter: 'Filter',
    all: 'all',
    filtered: 'Rows shown:',
    baselines: 'Beside what needs no model',
    forecast: 'Forecast',
    /** What a forecast of this kind is called, and the values that it looks at. */
    baseline: {
      model: 'This model',
      constant: 'The best constant of the training part',
      persistence: 'Persistence: the last value again',
      autoregression: (order: string) => `Autoregression over ${order} values, by least squares`,
    },
    segments: 'Error by part of the series',
    segment: 'Part',
    rows: 'Rows',
    meanError: 'Mean absolute error',
    bias: 'Mean of predicted − actual',
    decade: (from: number) => `${from} to ${from + 9}`,
    residualsBy: 'Residuals against each feature',
    residualsNote:
      'Predicted − actual, upwards from the dashed line where both are the same; the orange steps are means of fifths of the rows. A step far from the line is a range in which the model errs to one side.',
    spokenResiduals: (feature: string, means: string) =>
      `Residuals against ${feature}. Means of fifths of the rows, from its lowest to its highest values: ${means}.`,
    probabilities: 'How far to believe the probabilities',
    calibrationError: 'Expected calibration error',
    averagePrecision: 'Average precision',
    reliability: 'Reliability',
    ofClassOne: (name: string) => `probability of "${name}"`,
    ofPrediction: 'probability of the predicted class',
    howOften: 'how often it was so',
    asSaid: 'as often as said',
    interval: '95% interval',
    spokenBins: (bins: readonly string[]) => `In tenths of the probability: ${bins.join('; ')}.`,
    spokenBin: (said: string, seen: string, rows: string) =>
      `${said} said, ${seen} seen in ${rows} rows`,
    roc: 'ROC curve',
    falsePositiveRate: 'false positive rate',
    truePositiveRate: 'true positive rate (recall)',
    byChance: 'by chance',
    model: 'the model',
    spokenRoc: (area: string) => `Receiver operating characteristic; the area under it is ${area}.`,
    precisionRecall: 'Precision and recall',
    recall: 'recall',
    precision: 'precision',
    spokenPrecision: (average: string) => `Precision by recall; its average is ${average}.`,
    thresholds: (name: string) =>
      `Where "${name}" is said above another threshold; the score takes 0.5`,
    threshold: 'Threshold',
    columns: {
      ...{ truePositives: 'True positives', falsePositives: 'False positives' },
      ...{ falseNegatives: 'False negatives', trueNegatives: 'True negatives' },
      ...{ precision: 'Precision', recall: 'Recall', f1: 'F1', accuracy: 'Accuracy' },
    },
  },
};

interface SeedWords {
  readonly asked: number;
  readonly done: number;
  readonly failed: number;
  /** The seed whose training was graded. */
  readonly graded: number;
  readonly metric: string;
  /** Null where every training failed. */
  readonly lowest: string | null;
  readonly highest: string | null;
  /** Of each seed. */
  readonly points: readonly number[];
}

export type Words = typeof english;

interface ThenWords {
  readonly date: string;
  readonly points: string;
  readonly metric: string;
  readonly value: string;
}

interface DifferenceWords {
  readonly value: string;
  readonly low: string;
  readonly high: string;
  readonly rows: string;
  readonly trend: 'better' | 'worse' | 'unsure';
  /** Of the resamples in which it is better. */
  readonly share: string;
}

type Reading = FindingFigures['another-reading'];

const readings: Readonly<
  Record<
    Reading['reading'],
    (figures: Reading) => { readonly setting: string; readonly advice: string }
  >
> = {
  'pixels-to-255': () => ({
    setting: 'With pixels from 0 to 255 instead of 0 to 1',
    advice:
      'It was trained on pixels that were not divided by 255. Divide them before training, or put a Rescaling(255) layer in front of the trained model.',
  }),
  'pixels-from-minus-one': () => ({
    setting: 'With pixels from -1 to 1 instead of 0 to 1',
    advice:
      'It was trained on pixels from -1 to 1, as `preprocess_input` of some applications makes them. Put a Rescaling(2, offset=-1) layer in front of the trained model.',
  }),
  'series-as-counted': () => ofSeries('as it was counted, not scaled'),
  'series-standardised': () => ofSeries('standardised'),
  'targets-standardised': () => ofTargets('standardised targets'),
  'targets-from-0-to-1': () => ofTargets('targets from 0 to 1'),
  'other-word-ids': (figures) => ({
    setting: `With ${tokenizerOf(figures)}`,
    advice:
      'It was trained on other word ids. Take those of `grader data export`: the tokenizer is fitted on the first 20,000 headlines, with <OOV>, and padding comes after the words.',
  }),
};

function ofSeries(scale: string) {
  return {
    setting: `With the series ${scale}, and its forecasts scaled back,`,
    advice: `It was trained on the series ${scale}. Scale it as the statement says, or put a Rescaling layer before the first and after the last layer.`,
  };
}

function ofTargets(targets: string) {
  return {
    setting: `With its outputs taken as ${targets}`,
    advice:
      'The targets were scaled in training, and the predictions are not scaled back. Train on the targets as they are, or scale back in a last Rescaling layer.',
  };
}

function tokenizerOf({ isRefitted, marksUnknown, isPaddedBefore }: Reading): string {
  return [
    ...(isRefitted ? ['a tokenizer fitted on all headlines'] : []),
    ...(marksUnknown ? [] : [isRefitted ? 'no <OOV>' : 'a tokenizer without <OOV>']),
    ...(isPaddedBefore ? ['padding before the words'] : []),
  ].join(' and ');
}

/** The first letter, where a sentence begins with a name. */
function capital(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** What is said of each finding, and what to do. */
export type FindingWords = {
  readonly [Id in FindingId]: (figures: FindingFigures[Id]) => readonly [string, string];
};

type Ended = Readonly<Record<ReportedTraining['stoppedBy'], (epochs: number) => string>>;

interface MeasuredWords {
  readonly unit: string;
  readonly rows: string;
  readonly low: string;
  readonly high: string;
}

interface SpokenScale {
  readonly name: string;
  readonly value: string;
  readonly points: number;
  readonly baseline: string;
}

interface NextPoint {
  readonly points: number;
  /** How the bar is reached. */
  readonly relation: '≤' | '<' | '≥' | '>';
  readonly bar: string;
  readonly gap: string;
  /** The gap in standard errors; null where there are none. */
  readonly errors: string | null;
}

interface Confused {
  readonly times: string;
  readonly actual: string;
  readonly predicted: string;
  readonly share: string;
}

interface WorstRange {
  /** Shares of all rows and of all error. */
  readonly rows: string;
  readonly error: string;
  readonly range: string;
  readonly metric: string;
  /** The metric if these rows were as the others, and its points. */
  readonly value: string;
  readonly points: number;
}

interface SpokenCurve {
  readonly name: string;
  readonly first: string;
  readonly last: string;
  readonly lowest: string;
  readonly highest: string;
  /** Epochs without a finite value. */
  readonly gaps: number;
}

/** The least and the largest. */
type Extent = readonly [string, string];

interface SpokenScatter {
  readonly rows: string;
  readonly actual: Extent;
  readonly predicted: Extent;
}

interface SpokenForecast extends SpokenScatter {
  /** Labels of the first and the last step. */
  readonly first: string;
  readonly last: string;
}

interface SpokenResiduals {
  /** How many rows the fullest bin has, and around which error it lies. */
  readonly fullest: string;
  readonly centre: string;
  readonly tooLow: string;
  readonly rows: string;
}

/** A time that will pass, as far as it is known. */
function about(seconds: number): string {
  if (seconds < 90) return `about ${Math.max(1, Math.ceil(seconds))} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `about ${minutes} min` : `about ${Math.ceil(minutes / 60)} h`;
}
