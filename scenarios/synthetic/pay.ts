import { MAX_RAO, math, type RandomStream, TenureError } from "../../engine/index.js";
import type { SyntheticContext } from "./context.js";
import type { SyntheticOptions } from "./options.js";
import type { Population } from "./population.js";

const { floor } = math;

/**
 * What each miner is paid, epoch by epoch. Two of them for one population pay the same, so that the emission rows and
 * the balances behind the removals can be made apart from each other without either keeping a year.
 */
export class Pay {
  /** Of the current epoch, by miner; the parts sum to the pot. */
  readonly amountRao: Float64Array;
  readonly #raw: Float64Array;
  readonly #draws: readonly RandomStream[];

  constructor(
    private readonly options: SyntheticOptions,
    private readonly context: SyntheticContext,
    private readonly population: Population,
  ) {
    this.amountRao = new Float64Array(population.count);
    this.#raw = new Float64Array(population.count);
    this.#draws = Array.from({ length: options.shareJitter === 0 ? 0 : population.count }, (_, miner) => population.randomOf(miner, "pay"));
  }

  /**
   * Shares the pot of an epoch of so many blocks.
   * @throws TenureError `TEN-SCENARIO-013` when it is above 2^53 - 1 rao
   */
  next(blocks: number): void {
    const potRao = this.options.minerPotRaoPerBlock * blocks;
    if (potRao > MAX_RAO) throw this.#potTooLarge(potRao);
    const { amountRao, population } = this;
    const { count, weights } = population;
    const raw = this.#raw;
    const draws = this.#draws;
    let sum = 0;
    if (draws.length === 0) {
      for (let i = 0; i < count; i++) {
        raw[i] = weights[i];
        sum += raw[i];
      }
    } else {
      const low = 1 - this.options.shareJitter;
      const width = 2 * this.options.shareJitter;
      for (let i = 0; i < count; i++) {
        raw[i] = weights[i] * (low + width * draws[i]());
        sum += raw[i];
      }
    }
    const scale = potRao / sum;
    let left = potRao;
    for (let i = 0; i < count; i++) {
      // Rounding up the scale must not hand out more than there is.
      const part = floor(raw[i] * scale);
      const given = part > left ? left : part;
      amountRao[i] = given;
      left -= given;
    }
    for (let i = 0; left > 0; i = i + 1 === count ? 0 : i + 1) {
      amountRao[i] += 1;
      left -= 1;
    }
  }

  /** Books what was shared last. */
  addTo(balancesRao: Float64Array): void {
    const { amountRao } = this;
    for (let i = 0; i < amountRao.length; i++) balancesRao[i] += amountRao[i];
  }

  #potTooLarge(found: number): TenureError {
    return new TenureError({
      code: "TEN-SCENARIO-013",
      what: "The miners' pot of one epoch cannot be counted exactly.",
      place: { stream: this.context.name },
      found,
      allowed: `at most ${MAX_RAO} rao (2^53 - 1) an epoch`,
      hint: "Lower miner_pot_alpha_per_block, or the tempo.",
    });
  }
}
