import type { KerasObject } from '../../contract.ts';
import type { WeightSpec } from './definition.ts';

interface KernelOptions {
  readonly kernelInitializer: KerasObject;
  readonly kernelRegularizer: KerasObject | null;
  readonly kernelConstraint: KerasObject | null;
}

interface BiasOptions {
  readonly useBias: boolean;
  readonly biasInitializer: KerasObject;
  readonly biasRegularizer: KerasObject | null;
  readonly biasConstraint: KerasObject | null;
}

/** The weight that most layers have. */
export function kernelSpec(options: KernelOptions, shape: readonly number[]): WeightSpec {
  return {
    shape,
    initializer: options.kernelInitializer,
    regularizer: options.kernelRegularizer,
    constraint: options.kernelConstraint,
  };
}

/** What most layers add at the end, where their options do not leave it out. */
export function biasSpec(
  options: BiasOptions,
  shape: readonly number[],
  initializer: WeightSpec['initializer'] = options.biasInitializer,
): WeightSpec | null {
  if (!options.useBias) return null;
  const { biasRegularizer: regularizer, biasConstraint: constraint } = options;
  return { shape, initializer, regularizer, constraint };
}
