import type { TermColumn } from "../terms/term-column.js";

/** Which inputs of terms that look back have differed for anybody in an epoch before; each by the expression that names them. */
export class InputsSoFar {
  readonly #looked: readonly RegExp[];
  readonly #differed = new Set<string>();

  constructor(order: readonly TermColumn[]) {
    this.#looked = order.flatMap(({ inputs, isOfPast }) => (isOfPast === true && inputs !== undefined ? [inputs] : []));
  }

  haveDiffered(inputs: RegExp | undefined): boolean {
    return inputs !== undefined && this.#differed.has(inputs.source);
  }

  /** After an epoch. @param differ do these inputs differ for anybody in it? */
  take(differ: (inputs: RegExp) => boolean): void {
    for (const inputs of this.#looked) if (!this.#differed.has(inputs.source) && differ(inputs)) this.#differed.add(inputs.source);
  }
}
