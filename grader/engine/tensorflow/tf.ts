import Module, { createRequire } from 'node:module';

type Core = typeof import('@tensorflow/tfjs-core');

const require = createRequire(import.meta.url);

let loaded: Core | undefined;

/**
 * TF.js's core as CommonJS: the one instance that tfjs-node-gpu's own files see as well. It is loaded
 * where it is first used, as a layer's shapes and costs need none of it.
 */
export const tf: Core = new Proxy({} as Core, {
  get: (_, name) => Reflect.get(loadCore(), name) as unknown,
});

/** Called before anything of tfjs-node-gpu is loaded, which would load all of TF.js. */
export function loadCore(): Core {
  return (loaded ??= load());
}

export type {
  Rank,
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor3D,
  Tensor4D,
  Variable,
} from '@tensorflow/tfjs-core';

/**
 * Tfjs-node-gpu brings and loads `@tensorflow/tfjs`, the package of six that core is a part of. It stays,
 * as core's gradients are in its one CommonJS file alone: core's own registration of them is an ES module
 * that only bundlers can read. Of the other five nothing is used, and they take most of its loading time:
 * empty modules stand under their names.
 */
function load(): Core {
  const node = require.resolve('@tensorflow/tfjs-node-gpu/package.json');
  const whole = createRequire(node).resolve('@tensorflow/tfjs');
  const inside = createRequire(whole);
  for (const part of ['layers', 'converter', 'data', 'backend-cpu', 'backend-webgl']) {
    const name = inside.resolve(`@tensorflow/tfjs-${part}`);
    require.cache[name] ??= Object.assign(new Module(name), { loaded: true });
  }
  require(whole);
  return inside('@tensorflow/tfjs-core') as Core;
}
