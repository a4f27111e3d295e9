import type { KerasObject } from '../../contract.ts';
import { GraderError } from '../../errors.ts';
import { initialValue } from '../layers/initializers/initial-value.ts';
import { registerGradients } from '../tensorflow/gradients.ts';
import { tf, type Tensor, type Variable } from '../tensorflow/tf.ts';
import { unsetTensor } from '../tensorflow/unset-tensor.ts';
import { createdWeights, type Model, type ModelPlan, type Weight } from './model.ts';
import { planModel } from './plan-model.ts';

/**
 * The model of a Keras-style configuration, with fresh weights on the active backend. Throws with
 * fault `candidate` what is wrong with it.
 */
export function buildModel(config: KerasObject): Model {
  return withVariables(config, firstValue);
}

/** The same for weights that are given values afterwards: until then they have none. */
export function buildUnsetModel(config: KerasObject): Model {
  return withVariables(config, ({ spec }) => unsetTensor([...spec.shape]));
}

/** A model without weights. Throws with fault `candidate` what is wrong with the configuration. */
export function planCandidate(config: KerasObject): ModelPlan {
  return orRefused(() => planModel(config));
}

function withVariables(config: KerasObject, valueOf: (weight: Weight) => Tensor): Model {
  registerGradients();
  return orRefused(() => {
    const plan = planModel(config);
    const weights = plan.built.flatMap(createdWeights);
    return {
      ...plan,
      variables: new Map(weights.map((weight) => [weight, variable(weight, valueOf)])),
    };
  });
}

function variable(weight: Weight, valueOf: (weight: Weight) => Tensor): Variable {
  const value = valueOf(weight);
  const made = tf.variable(value);
  value.dispose();
  return made;
}

function firstValue({ spec: { initializer, shape } }: Weight): Tensor {
  return typeof initializer === 'function' ? initializer(shape) : initialValue(initializer, shape);
}

function orRefused<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof GraderError) throw error;
    throw new GraderError(
      {
        fault: 'candidate',
        code: 'model-does-not-build',
        message: `The model cannot be built: ${error instanceof Error ? error.message : String(error)}`,
        help: 'Check that each layer takes the shape that the layer before it gives.',
      },
      { cause: error },
    );
  }
}
