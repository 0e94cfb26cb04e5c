import { InvariantError } from "../../engine/index.js";
import type { DerivationStep } from "./derivation.js";
import { stagePath } from "./stage-path.js";

type Told = Partial<Pick<DerivationStep, "rule" | "unit" | "from">> & { readonly words: string };

/** Steps of a derivation as they are told, in order. */
export class StepList {
  readonly steps: DerivationStep[] = [];
  readonly #known = new Map<string, DerivationStep>();

  /** @param told.from terms that are not there are left out: not every run has them */
  add(term: string, value: DerivationStep["value"], { rule = null, unit = "", from = [], words }: Told): void {
    if (this.#known.has(term)) throw new InvariantError(`the term ${term} is derived twice`);
    const step = { term, path: stagePath(term), rule, value, unit, from: [...new Set(from)].filter((one) => this.#known.has(one)), words };
    this.#known.set(term, step);
    this.steps.push(step);
  }

  has(term: string): boolean {
    return this.#known.has(term);
  }
}
