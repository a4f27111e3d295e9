/**
 * The best settings by coordinate descent: each choice in turn is tried with the best of the ones
 * before it. `measure(setting)` answers `{ train, predict, firstStep }` or `{ failure }`.
 * Resolves with every try and the settings that were best at each of the three.
 */
export async function searchSettings(choices, measure) {
  const tries = [];
  let best = Object.assign({}, ...choices.map(([first]) => first));
  tries.push({ setting: best, ...(await measure(best)) });
  for (const alternatives of choices) {
    for (const alternative of alternatives.slice(1)) {
      const setting = { ...best, ...alternative };
      tries.push({ setting, ...(await measure(setting)) });
    }
    best = bestAt('train', tries)?.setting ?? best;
  }
  return {
    tries,
    train: bestAt('train', tries)?.setting,
    predict: bestAt('predict', tries)?.setting,
    firstStep: bestAt('firstStep', tries)?.setting,
  };
}

function bestAt(what, tries) {
  const finished = tries.filter(({ failure }) => !failure);
  return finished.toSorted((a, b) => a[what] - b[what])[0];
}

export function settingText(setting) {
  const words = {
    threads: (value) => `threads ${value}`,
    interOp: (value) => (value > 1 ? `ops side by side ${value}` : ''),
    oneDnn: (value) => (value ? '' : 'oneDNN off'),
    shards: (value) => (value > 1 ? `shards ${value}` : ''),
    stepsPerExecution: (value) => (value > 1 ? `steps/call ${value}` : ''),
    jit: (value) => (value ? 'jit' : ''),
    fused: (value) => (value ? 'fused' : ''),
    layout: (value) => (value === 'none' ? '' : value),
    compile: (value) => (value ? 'torch.compile' : ''),
  };
  const parts = Object.entries(setting).map(([name, value]) => words[name](value));
  return parts.filter(Boolean).join(', ');
}
