import { candidateError } from '../../errors.ts';
import { show } from '../../text/show.ts';
import { attentionInputs, isAttention } from './attention.ts';
import type { FileCall, Reference } from './references.ts';

/** All tensors but masks: those travel with the sequences that they belong to. */
export function inputsOf(className: string, call: FileCall): readonly Reference[] {
  if (isAttention(className)) return attentionInputs(className, call);
  const { args, kwargs } = call;
  const named = Object.entries(kwargs).filter(([name]) => name !== 'mask');
  return [...args, ...named.map(([, value]) => value)].flatMap((argument) =>
    argument.kind === 'tensors' ? argument.references : [],
  );
}

interface CalledLayer {
  readonly name: string;
  readonly className: string;
}

/** Keras 3 writes training=True for them, which changes nothing. */
function isAlikeInTraining(className: string): boolean {
  return className === 'Resizing' || className === 'CenterCrop';
}

/** Throws with fault `candidate` where a layer is called in a way that the grader does not have. */
export function checkCall({ name, className }: CalledLayer, { kwargs }: FileCall): void {
  const active = kwargs['training'];
  if (active?.kind === 'constant' && active.value === true && !isAlikeInTraining(className)) {
    throw candidateError(
      'training-mode',
      `The layer ${show(name)} is always called in training mode (training=True); the grader predicts in inference mode.`,
    );
  }
  if (!kwargs['initial_state'] || isNullConstant(kwargs['initial_state'])) return;
  throw candidateError(
    'initial-state',
    `The layer ${show(name)} starts from a state that another layer gives; that is not supported.`,
  );
}

function isNullConstant(argument: FileCall['args'][number]): boolean {
  return argument.kind === 'constant' && argument.value === null;
}
