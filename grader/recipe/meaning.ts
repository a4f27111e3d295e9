import type { Callback, KerasObject, LayerConfig, Recipe } from '../contract.ts';
import { trainingMetric, trainingMetricIds, type TrainingMetric } from '../metrics/training.ts';
import { checkGraph } from './graph.ts';
import { isKerasObject, isObject } from './keras-class.ts';
import { targetsOf } from './loss-facts.ts';
import { wrongInputs } from './layers/inputs.ts';
import { outputCount } from './layers/outputs.ts';
import { layersWithin, wrappedKeys } from './layers/wrapped.ts';
import { monitorsOf } from './metrics.ts';
import { show } from '../text/show.ts';

/** What a valid document still gets wrong, where one part of it does not fit another. */
export function checkMeaning(recipe: Recipe): readonly string[] {
  return [
    ...checkLayers(recipe.model),
    ...checkOptimizer(recipe.compile.optimizer),
    ...checkMetrics(recipe.compile),
    ...checkMonitors(recipe),
    ...checkRates(recipe),
  ];
}

function checkLayers(model: KerasObject): readonly string[] {
  const layers = model.config['layers'] as readonly LayerConfig[];
  const names = layers.flatMap(namesOf);
  const seen = new Set<unknown>();
  const repeated = names.filter((name) => seen.has(name) || !seen.add(name));
  const twice = [...new Set(repeated)].map((name) => `Two layers have the name ${show(name)}.`);
  if (twice.length > 0) return twice;
  const first = model.class_name === 'Functional' ? [] : checkFirst(layers);
  return [...first, ...checkModel(model, '/model')];
}

/** A model, and the models that stand in its layers. */
function checkModel({ class_name, config }: KerasObject, path: string): readonly string[] {
  const layers = config['layers'] as readonly LayerConfig[];
  const inside = layers.flatMap((layer, index) => {
    const wrapped = layer.config['layer'];
    if (!layersWithin(wrapped) || !isKerasObject(wrapped)) return [];
    return checkModel(wrapped, `${path}/config/layers/${index}/config/layer`);
  });
  const own =
    class_name === 'Functional'
      ? [...differentNames(layers, path), ...checkGraph(config, path)]
      : checkStack(layers, path);
  return [...own, ...inside];
}

function namesOf(layer: LayerConfig): readonly unknown[] {
  const inside = wrappedKeys.flatMap((key) => {
    const wrapped = layer.config[key];
    const layers = layersWithin(wrapped) ?? [wrapped];
    return layers.filter(isKerasObject).flatMap(namesOf);
  });
  return [layer.config['name'], ...inside];
}

function differentNames(layers: readonly LayerConfig[], path: string): readonly string[] {
  const index = layers.findIndex((layer) => layer.name !== layer.config['name']);
  if (index === -1) return [];
  return [`${path}/config/layers/${index}/name must be the same as in its config.`];
}

function checkFirst([first]: readonly LayerConfig[]): readonly string[] {
  // Embedding takes a batch of id sequences of any length where it is told nothing.
  if (!first || first.class_name === 'Embedding' || first.config['batch_input_shape']) return [];
  return [
    `/model/config/layers/0 (${first.class_name}) must state the input: give the first layer inputShape.`,
  ];
}

function checkStack(layers: readonly LayerConfig[], path: string): readonly string[] {
  return layers.flatMap((layer, index) => {
    const { class_name } = layer;
    const at = `${path}/config/layers/${index}`;
    if (index > 0 && class_name === 'InputLayer') {
      return [`${at} is an InputLayer: only the first can be.`];
    }
    const outputs = outputCount(layer);
    const wrong = class_name === 'InputLayer' ? null : wrongInputs(layer, 1);
    if (wrong !== null) return [`${at} (${class_name}) ${wrong} Use a functional model for it.`];
    if (outputs === 1) return [];
    return [`${at} (${class_name}) has ${outputs} outputs: use a functional model for it.`];
  });
}

function checkOptimizer({ config }: KerasObject): readonly string[] {
  const clips = ['clipnorm', 'clipvalue', 'global_clipnorm'].filter((key) => config[key] !== null);
  const problems =
    clips.length > 1 ? [`/compile/optimizer/config may have one of ${clips.join(', ')} only.`] : [];
  const schedule = config['learning_rate'];
  if (!isObject(schedule) || schedule['class_name'] !== 'PiecewiseConstantDecay') return problems;
  const { boundaries, values } = schedule['config'] as Record<'boundaries' | 'values', number[]>;
  const path = '/compile/optimizer/config/learning_rate/config';
  if (values.length !== boundaries.length + 1) {
    problems.push(
      `${path}/values must have one item more than boundaries (${boundaries.length + 1}), got ${values.length}.`,
    );
  }
  if (boundaries.some((step, index) => index > 0 && step <= (boundaries[index - 1] ?? 0))) {
    problems.push(`${path}/boundaries must ascend, got ${show(boundaries)}.`);
  }
  return problems;
}

/** Class numbers have no distance to a vector of probabilities; Keras fails there on the shapes. */
function checkMetrics({ loss, metrics }: Recipe['compile']): readonly string[] {
  const given = targetsOf(loss) === 'class-numbers' ? 'class-numbers' : 'values';
  const fits = (id: TrainingMetric) => ['both', given].includes(trainingMetric(id).targets);
  const fitting = trainingMetricIds.filter(fits);
  return metrics.flatMap((name, index) =>
    fits(name)
      ? []
      : [
          `/compile/metrics/${index} must be one of ${fitting.join(', ')} beside ${loss.class_name}, got ${show(name)}.`,
        ],
  );
}

function checkMonitors({ compile, fit }: Recipe): readonly string[] {
  const known = monitorsOf(compile.metrics);
  return fit.callbacks.flatMap((callback, index) =>
    watched(callback)
      .filter(({ metric }) => !known.includes(metric))
      .map(
        ({ metric, key }) =>
          `/fit/callbacks/${index}/config/${key} must be one of ${known.join(', ')}, got ${show(metric)}: ` +
          'compile.metrics decides which there are.',
      ),
  );
}

function watched({ class_name, config }: Callback): readonly { metric: string; key: string }[] {
  if (class_name === 'LearningRateScheduler') return [];
  if (class_name !== 'StopWhen') return [{ metric: config.monitor, key: 'monitor' }];
  return config.conditions.map(({ metric }, index) => ({
    metric,
    key: `conditions/${index}/metric`,
  }));
}

function checkRates({ compile, fit }: Recipe): readonly string[] {
  const hasSchedule = typeof compile.optimizer.config['learning_rate'] !== 'number';
  return fit.callbacks.flatMap((callback, index) => {
    const path = `/fit/callbacks/${index}`;
    const { class_name, config } = callback;
    const setsRate = class_name === 'LearningRateScheduler' || class_name === 'ReduceLROnPlateau';
    if (setsRate && hasSchedule) {
      return [`${path} is a ${class_name}: the optimizer's learning rate must then be a number.`];
    }
    if (class_name === 'LearningRateScheduler' && config.values.length < fit.epochs) {
      const { length } = config.values;
      return [
        `${path}/config/values must have a rate for each of ${fit.epochs} epochs, got ${length}.`,
      ];
    }
    if (class_name !== 'StopWhen') return [];
    return config.conditions.flatMap(({ above, below }, condition) =>
      above === null && below === null
        ? [`${path}/config/conditions/${condition} must have "above" or "below".`]
        : [],
    );
  });
}
