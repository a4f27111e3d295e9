import type { Evaluation } from '../../contract.ts';
import { fileSize } from '../../text/bytes.ts';
import { count, percent } from '../../text/numbers.ts';
import { shortened } from '../../text/printable.ts';

interface EvaluationView {
  readonly summary: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

/** "As handed in: Keras 2.9.0, 12,345 parameters; nothing was trained." */
export function evaluationSummary({ kerasVersion, model }: Evaluation): string {
  return `As handed in: ${versionText(kerasVersion)}, ${count(model.parameters)} parameters; nothing was trained.`;
}

/** What a model file consists of. */
export function evaluationView(evaluation: Evaluation): EvaluationView {
  const { kerasVersion, bytes, weightBytes, optimizerBytes } = evaluation;
  const part = (size: number) =>
    bytes === 0 ? fileSize(size) : `${fileSize(size)}, ${percent(Math.min(1, size / bytes))}`;
  return {
    summary: evaluationSummary(evaluation),
    facts: [
      { name: 'Saved by', value: versionText(kerasVersion) },
      { name: 'File', value: fileSize(bytes) },
      { name: 'Weights', value: part(weightBytes) },
      {
        name: 'Optimizer state, not used',
        value: optimizerBytes === 0 ? 'none' : part(optimizerBytes),
      },
    ],
  };
}

/** "Keras 2.9.0"; the version of TF.js says that it is one. */
export function versionText(version: string | null): string {
  if (version === null) return 'Keras, version not stated';
  return /^\d/.test(version) ? `Keras ${shortened(version, 40)}` : shortened(version, 40);
}
