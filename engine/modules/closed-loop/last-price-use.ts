import type { ToldPrices } from "../../books/told-prices.js";
import { ExactSum } from "../../kernel/money.js";

/** What a price can be used for: a sale, a purchase, and the worth of a recorded act that was passed over. */
const USES = ["sold", "bought", "passedOver"] as const;
export type PriceUse = (typeof USES)[number];

/** How often prices were used, and for how much alpha, rao: in all, and after the latest was told. */
export class UseTally {
  count = 0;
  readonly rao = new ExactSum();
  countAfter = 0;
  raoAfter = new ExactSum();
}

/** What the prices were used for that streams tell of a subnet, so that it can be said what rests on the last. */
export class LastPriceUse {
  readonly #tallies: Readonly<Record<PriceUse, UseTally>> = { sold: new UseTally(), bought: new UseTally(), passedOver: new UseTally() };
  /** The latest price when anything was noted last, Unix ms. */
  #latestMs = -1;

  constructor(private readonly told: ToldPrices) {}

  note(use: PriceUse, timeMs: number, alphaRao: number): void {
    this.#beginAnew();
    const tally = this.#tallies[use];
    tally.count += 1;
    tally.rao.add(alphaRao);
    // At the very instant of a price it is not old.
    if (timeMs <= this.told.lastMs) return;
    tally.countAfter += 1;
    tally.raoAfter.add(alphaRao);
  }

  tallyOf(use: PriceUse): UseTally {
    this.#beginAnew();
    return this.#tallies[use];
  }

  /** What was used before is not after the latest price, once there is a later one. */
  #beginAnew(): void {
    if (this.told.lastMs === this.#latestMs) return;
    this.#latestMs = this.told.lastMs;
    for (const use of USES) {
      this.#tallies[use].countAfter = 0;
      this.#tallies[use].raoAfter = new ExactSum();
    }
  }
}
