/**
 * What each finding is told with: the numbers and names that fired its rule, from which its words are
 * made. Losses, activations and classes are named as a recipe spells them; rates are those of the
 * optimizer, errors are in the unit of the problem's metric.
 */
export interface FindingFigures {
  'one-softmax-unit': {
    readonly activation: string;
    /** What the output always is. */
    readonly value: number;
    readonly isClassification: boolean;
  };
  'loss-against-targets': {
    readonly problem: string;
    readonly loss: string;
    readonly outputs: number;
    readonly mismatch: 'loss-of-numbers' | 'one-output' | 'yes-or-no' | 'one-hot';
  };
  'activated-logits': {
    readonly activation: string;
    readonly loss: string;
    readonly applied: 'sigmoid' | 'softmax';
  };
  'logits-as-probabilities': { readonly loss: string; readonly wanted: 'sigmoid' | 'softmax' };
  'activation-against-loss': {
    readonly activation: string;
    readonly loss: string;
    readonly outputs: number;
    readonly wanted: 'sigmoid' | 'softmax';
    readonly mismatch: 'cuts-logits' | 'each-by-itself' | 'no-probabilities';
  };
  'limited-output': {
    readonly problem: string;
    readonly activation: string;
    readonly lowest: number;
    /** Null where there is none. */
    readonly highest: number | null;
    /** Whether inputs below 0 get no gradient. */
    readonly isFlatBelowZero: boolean;
  };
  'linear-layers': { readonly first: string; readonly second: string };
  'look-ahead': {
    readonly layer: string;
    /** Null where any number is taken. */
    readonly steps: number | null;
  };
  /** Measured on a model that is trained: outputs of the first steps moved with inputs of later ones. */
  'sees-later-steps': {
    readonly steps: number;
    /** In standard deviations of the outputs. */
    readonly moved: number;
  };
  'exact-rows-only': { readonly rows: number; readonly changed: number };
  'shared-rows': {
    readonly rows: number;
    readonly exact: number;
    readonly near: number;
  };
  'rescaled-twice': { readonly layer: string; readonly scale: number };

  'another-reading': {
    readonly metric: string;
    /** Of the validation part, as the problem gives it, and as the model seems to want it. */
    readonly value: number;
    readonly other: number;
    readonly reading:
      | 'pixels-to-255'
      | 'pixels-from-minus-one'
      | 'series-as-counted'
      | 'series-standardised'
      | 'targets-standardised'
      | 'targets-from-0-to-1'
      | 'other-word-ids';
    /** Of other word ids. */
    readonly isRefitted?: boolean;
    readonly marksUnknown?: boolean;
    readonly isPaddedBefore?: boolean;
  };
  'mean-of-the-window': { readonly next: number; readonly mean: number };

  'not-finite': { readonly epoch: number; readonly rate: number };
  /** Numbers far from 1 that the first weights are given. */
  'unscaled-inputs': {
    readonly kind: 'pixels' | 'features' | 'series';
    readonly mean: number;
    /** Standard deviation. */
    readonly deviation: number;
    readonly largest: number;
  };
  /** Numbers far from 1 that the last weights are to give. */
  'unscaled-targets': {
    readonly mean: number;
    /** Standard deviation. */
    readonly deviation: number;
    /** A Rescaling behind them; null where there is none. */
    readonly layer: string | null;
  };
  'exploding-gradients': {
    /** Norms of all gradients: the mean of the first epoch, and the largest of the worst. */
    readonly first: number;
    /** Null where it is no float32 any more. */
    readonly largest: number | null;
    readonly epoch: number;
    readonly rate: number;
  };
  'dead-units': {
    readonly layer: string;
    readonly dead: number;
    readonly units: number;
    /** Of training, that were looked at. */
    readonly rows: number;
  };
  'learning-rate-too-high': {
    readonly rate: number;
    readonly epochs: number;
    /** Epochs in which the loss rose by a tenth and more. */
    readonly rises: number;
    readonly first: number;
    readonly last: number;
    /** Of a model that has learnt nothing; null where that is not known. */
    readonly blank: number | null;
  };
  'learning-rate-too-low': {
    readonly rate: number;
    readonly epochs: number;
    readonly first: number;
    readonly last: number;
  };
  'learns-nothing': { readonly epochs: number; readonly loss: number };
  'not-converged': {
    readonly curve: string;
    /** Whether the best value is 1, and what is left to it is what falls; older reports do not say. */
    readonly isShare?: boolean;
    readonly epochs: number;
    /** The share of the error that each of the last epochs took away, 0 to 1. */
    readonly fall: number;
    readonly window: number;
    readonly stoppedBy: 'epochs' | 'time-limit';
  };
  'stopped-too-early': {
    readonly curve: string;
    readonly epochs: number;
    readonly asked: number;
    readonly stoppedBy: 'early-stopping' | 'stop-when';
    /** Of the loss of training, an epoch, at the end. */
    readonly fall: number;
  };
  'over-fitting': KeptEpoch;
  'epoch-kept': KeptEpoch;
  'memorises-pictures': {
    readonly training: number;
    readonly heldOut: number;
    readonly isAugmented: boolean;
  };
  'augmentation-too-weak': { readonly training: number; readonly heldOut: number };
  'augmentation-too-strong': { readonly training: number; readonly validation: number };

  'one-answer': {
    readonly answer: string;
    readonly metric: string;
    readonly value: number;
    readonly constant: number;
  };
  'below-constant': { readonly metric: string; readonly value: number; readonly constant: number };
  'validation-too-good': {
    readonly metric: string;
    readonly validation: number;
    readonly heldOut: number;
  };
  'validation-too-small': {
    readonly rows: number;
    /** Whether the recipe's validationSplit made it. */
    readonly isSplit: boolean;
  } & (
    | {
        readonly kind: 'noise';
        readonly curve: string;
        /** Both in the unit of the curve: how far chance moves it, and how far the kept epoch is from the others. */
        readonly standardError: number;
        readonly difference: number;
      }
    | { readonly kind: 'class'; readonly name: string; readonly ofClass: number }
  );
  'shift-by-segment': {
    readonly name: string;
    readonly rows: number;
    /** Of these rows, and of all others: the mean absolute error, or the share of wrong answers. */
    readonly error: number;
    readonly otherError: number;
  } & (
    | {
        readonly kind: 'feature';
        readonly side: 'above' | 'below';
        readonly range: readonly [number, number];
        readonly isSplit: boolean;
        readonly isShare: boolean;
      }
    | {
        readonly kind: 'class';
        /** The most that can have been wrong of the class in the validation part, as a share. */
        readonly validation: number;
      }
  );
  'class-imbalance': {
    readonly name: string;
    /** Of the weight of all training rows in the loss. */
    readonly share: number;
    readonly recall: number;
    /** The median recall of the other classes. */
    readonly others: number;
    /** Whether classWeight makes it small, and not its number of rows. */
    readonly isByWeight: boolean;
  };
  'wrong-tokenizer': {
    readonly kind: 'unknown-words' | 'idle-rows';
    readonly vocabulary: number;
    /** Rows of the Embedding; null where it is not known. */
    readonly size: number | null;
    /** Share of the held-out words that the model is not told apart. */
    readonly unknown: number;
    /** And that the tokenizer itself does not know. */
    readonly neverKnown: number;
  };
  'class-ignored': {
    readonly name: string;
    readonly recall: number;
    readonly rows: number;
    readonly takenFor: string;
    readonly taken: number;
  };
  'towards-the-mean': { readonly predicted: number; readonly actual: number };
  'off-by-a-constant': {
    readonly metric: string;
    /** Mean of predicted minus actual. */
    readonly offset: number;
    readonly value: number;
    /** The metric without the offset. */
    readonly without: number;
  };
  'repeats-the-last-value': { readonly toLast: number; readonly toNext: number };
}

/** The best epoch by a curve of the validation part, and the one that was kept and graded; from 1. */
interface KeptEpoch {
  readonly curve: string;
  readonly best: number;
  readonly bestValue: number;
  readonly kept: number;
  readonly keptValue: number;
  readonly epochs: number;
}

export type FindingId = keyof FindingFigures;

/** `error`: keeps a model from learning; `warning`: costs points; `note`: worth knowing. */
export type Severity = 'error' | 'warning' | 'note';

/** Something to look into for the next attempt; it changes no points. */
export interface FindingOf<Id extends FindingId> {
  readonly id: Id;
  readonly severity: Severity;
  readonly figures: FindingFigures[Id];
  /** In English. */
  readonly message: string;
  readonly advice: string;
}

/** @discriminator id */
export type Finding = { readonly [Id in FindingId]: FindingOf<Id> }[FindingId];

/** What a trainer finds where a model file does poorly; its words are made by who started it. */
export interface TrainersFindings {
  readonly anotherReading: FindingFigures['another-reading'] | null;
  readonly meanOfTheWindow: FindingFigures['mean-of-the-window'] | null;
}
