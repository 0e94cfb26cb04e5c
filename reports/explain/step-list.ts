import { InvariantError } from "../../engine/index.js";
import type { DerivationStep } from "./derivation.js";
import { stagePath } from "./stage-path.js";
import type { RowOf } from "./told/row-in-force.js";
import { type NamedRow, rowWords } from "./told/told-rows-of.js";

type Told = Partial<Pick<DerivationStep, "rule" | "unit" | "from">> & { readonly words: string; readonly row?: NamedRow | null };

/** Steps of a derivation as they are told, in order. */
export class StepList {
  readonly steps: DerivationStep[] = [];
  readonly #known = new Map<string, DerivationStep>();

  /**
   * @param stagesStated entries of the scenario's list of stages
   * @param rowOf the row of a stream by which a hotkey has so much collateral, or such a score; null: none is known
   */
  constructor(
    private readonly stagesStated: number,
    readonly rowOf: RowOf = () => null,
  ) {}

  /** @param told.from terms that are not there are left out: not every run has them */
  add(term: string, value: DerivationStep["value"], { rule = null, unit = "", from = [], words, row = null }: Told): void {
    if (this.#known.has(term)) throw new InvariantError(`the term ${term} is derived twice`);
    const step = {
      term,
      path: stagePath(term, this.stagesStated),
      rule,
      value,
      unit,
      from: [...new Set(from)].filter((one) => this.#known.has(one)),
      words: row === null ? words : `${words} (${rowWords(row)})`,
      ...(row === null ? {} : { row }),
    };
    this.#known.set(term, step);
    this.steps.push(step);
  }

  /** A step and those that it is made of, in order. */
  madeOf(term: string): readonly DerivationStep[] {
    const terms = new Set([term]);
    // A step stands behind what it is made of.
    for (const { term: one, from } of [...this.steps].reverse()) if (terms.has(one)) for (const part of from) terms.add(part);
    return this.steps.filter((step) => terms.has(step.term));
  }

  has(term: string): boolean {
    return this.#known.has(term);
  }
}
