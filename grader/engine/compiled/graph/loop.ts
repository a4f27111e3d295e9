import type { DataType } from '../program/attributes.ts';
import { typed, type GraphBuilder } from './graph-builder.ts';

/** What a loop carries from one round to the next. */
export interface LoopVariable {
  /** Its value as the condition sees it. */
  readonly merged: string;
  /** Its value inside the round. */
  current(): string;
  /** Its value in the next round, which waits for the other nodes as well. */
  next(value: string, after?: readonly string[]): void;
  /** Its value after the loop. */
  exit(): string;
}

/** A loop of TensorFlow's v1 control flow, which needs no function library. */
export class Loop {
  /** What everything inside a round waits for. */
  pivot = '';
  private readonly graph: GraphBuilder;
  private readonly frame: string;
  private readonly entered = new Map<string, string>();
  private condition = '';

  private readonly parallel: number;

  /** `parallel` is how many rounds may be under way at once, where none waits for another's values. */
  constructor(graph: GraphBuilder, name: string, parallel = 1) {
    this.graph = graph;
    this.parallel = parallel;
    this.frame = graph.uniqueName(name);
  }

  /** A value from outside that stays the same in every round. */
  constant(node: string, dtype: DataType): string {
    const known = this.entered.get(node);
    if (known) return known;
    const made = this.enter(node, dtype, true);
    this.entered.set(node, made);
    return made;
  }

  variable(initial: string, dtype: DataType): LoopVariable {
    const { graph } = this;
    const entered = this.enter(initial, dtype, false);
    const name = graph.uniqueName(`${this.frame}/next`);
    const merged = graph.add({
      ...{ op: 'Merge', inputs: [entered, name] },
      attributes: { ...typed(dtype), N: { int: 2 } },
    });
    let switched: string | undefined;
    const switchNode = () =>
      (switched ??= graph.add({
        ...{ op: 'Switch', inputs: [merged, this.condition] },
        attributes: typed(dtype),
      }));
    let inside: string | undefined;
    return {
      merged,
      current: () =>
        (inside ??= graph.add({
          ...{ op: 'Identity', inputs: [`${switchNode()}:1`] },
          attributes: typed(dtype),
        })),
      next: (value, after = []) => {
        const inputs = [value, ...after.map((node) => `^${node}`)];
        graph.add({ op: 'NextIteration', inputs, attributes: typed(dtype), name });
      },
      exit: () => graph.add({ op: 'Exit', inputs: [switchNode()], attributes: typed(dtype) }),
    };
  }

  /** Sets the condition; the counter's value inside a round becomes what the round waits for. */
  start(condition: string, counter: LoopVariable): void {
    this.condition = this.graph.add({ op: 'LoopCond', inputs: [condition] });
    this.pivot = counter.current();
  }

  private enter(node: string, dtype: DataType, isConstant: boolean): string {
    return this.graph.add({
      ...{ op: 'Enter', inputs: [node] },
      attributes: {
        ...typed(dtype),
        frame_name: { string: this.frame },
        is_constant: { bool: isConstant },
        parallel_iterations: { int: this.parallel },
      },
    });
  }
}
