import type { GradeListener } from './listener.ts';

/** Several that follow one grading, as one. */
interface JoinedListeners extends Required<GradeListener> {
  /** What became of those that threw: they hear no more, and the grading goes on. */
  readonly failures: readonly string[];
}

/** Tells each event to every listener, in their order. */
export function joinListeners(listeners: readonly GradeListener[]): JoinedListeners {
  const listening = new Set(listeners);
  const failures: string[] = [];
  const tell = (event: (listener: GradeListener) => void) => {
    for (const listener of listening) {
      try {
        event(listener);
      } catch (error) {
        listening.delete(listener);
        const reason = error instanceof Error ? error.message : String(error);
        failures.push(`Who followed this grading failed and was told no more: ${reason}.`);
      }
    }
  };
  return {
    failures,
    onStage: (stage) => tell((each) => each.onStage?.(stage)),
    onModel: (model) => tell((each) => each.onModel?.(model)),
    onRecipe: (recipe, seed) => tell((each) => each.onRecipe?.(recipe, seed)),
    onFinding: (finding) => tell((each) => each.onFinding?.(finding)),
    onSeed: (event) => tell((each) => each.onSeed?.(event)),
    onRate: (event) => tell((each) => each.onRate?.(event)),
    onSetup: (event) => tell((each) => each.onSetup?.(event)),
    onPrepare: (progress) => tell((each) => each.onPrepare?.(progress)),
    onTrain: (progress, epochs) => tell((each) => each.onTrain?.(progress, epochs)),
    onLog: (line) => tell((each) => each.onLog?.(line)),
    onEnd: (report) => tell((each) => each.onEnd?.(report)),
  };
}
