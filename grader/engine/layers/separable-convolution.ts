import { classNamed, replaceClass, type BaseLayer, type Config } from './class-map.ts';

/** SeparableConv2D with its own pointwise initializer; TF.js takes the depthwise one for both. */
export function registerSeparableConvolution(): void {
  const Base = classNamed<BaseLayer>('SeparableConv2D');
  replaceClass(
    'SeparableConv2D',
    class SeparableConv2D extends Base {
      constructor(config: Config) {
        super(config);
        const given = config['pointwiseInitializer'] as Given | string | null | undefined;
        if (typeof given !== 'object' || !given?.className) return;
        const Initializer = classNamed<object>(given.className);
        Object.assign(this, { pointwiseInitializer: new Initializer(given.config ?? {}) });
      }
    },
  );
}

interface Given {
  readonly className?: string;
  readonly config?: Config;
}
