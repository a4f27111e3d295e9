import type { FindingFigures, FindingId, FindingOf } from '../contract.ts';
import { percent, significant as n } from '../text/numbers.ts';

type Words = Pick<FindingOf<FindingId>, 'message' | 'advice'>;

/** What was found and what to do, in English. */
export function inWords<Id extends FindingId>(id: Id, figures: FindingFigures[Id]): Words {
  const [message, advice] = words[id](figures);
  return { message, advice };
}

type Catalogue = {
  readonly [Id in FindingId]: (figures: FindingFigures[Id]) => readonly [string, string];
};

const words: Catalogue = {
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
  'not-converged': ({ curve, epochs, fall, window, stoppedBy }) => [
    `When the ${stoppedBy === 'epochs' ? `${epochs} epochs were` : 'time was'} over, the model was still learning: over the last ${window} of them ${curve} improved by ${percent(fall)} an epoch.`,
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

/** As a recipe may be given it. */
function rateOf(rate: number): string {
  return String(Number(rate.toPrecision(3)));
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
