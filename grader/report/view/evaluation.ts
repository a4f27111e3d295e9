import type { Evaluation } from '../../contract.ts';
import { fileSize } from '../../text/bytes.ts';
import { count, percent } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';
import type { Words } from '../../words/en.ts';

interface EvaluationView {
  readonly summary: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

/** "As handed in: Keras 2.9.0, 12,345 parameters; nothing was trained." */
export function evaluationSummary(
  { kerasVersion, model }: Evaluation,
  { modelFile }: Words,
): string {
  return modelFile.summary(versionText(kerasVersion, modelFile.noVersion), count(model.parameters));
}

/** What a model file consists of. */
export function evaluationView(evaluation: Evaluation, words: Words): EvaluationView {
  const { modelFile } = words;
  const { kerasVersion, bytes, weightBytes, optimizerBytes } = evaluation;
  const part = (size: number) =>
    bytes === 0 ? fileSize(size) : `${fileSize(size)}, ${percent(Math.min(1, size / bytes))}`;
  return {
    summary: evaluationSummary(evaluation, words),
    facts: [
      { name: modelFile.savedBy, value: versionText(kerasVersion, modelFile.noVersion) },
      { name: modelFile.file, value: fileSize(bytes) },
      { name: modelFile.weights, value: part(weightBytes) },
      {
        name: modelFile.optimizer,
        value: optimizerBytes === 0 ? modelFile.none : part(optimizerBytes),
      },
    ],
  };
}

/** "Keras 2.9.0"; the version of TF.js says that it is one. */
export function versionText(version: string | null, none: string): string {
  if (version === null) return none;
  return /^\d/.test(version) ? `Keras ${shortened(version, 40)}` : shortened(version, 40);
}
