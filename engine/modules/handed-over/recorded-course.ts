import type { PassedOverActs } from "../../books/driven-positions.js";
import type { Agenda } from "../../kernel/agenda.js";
import { floor } from "../../kernel/math.js";
import { ExactSum, MAX_RAO } from "../../kernel/money.js";
import type { AlphaMarket } from "../closed-loop/alpha-market.js";

/**
 * What the recording has positions do after they were handed over: none of it is done, and all of it is valued, each act at the price of
 * its instant, rounded down to whole rao of TAO.
 */
export class RecordedCourse implements PassedOverActs {
  /** Recorded acts that were passed over. */
  acts = 0;
  /** Alpha that they added, and what that was worth, rao. */
  readonly cameRao = new ExactSum();
  readonly spentRao = new ExactSum();
  /** Alpha that they took out or sent away, and what that was worth, rao. */
  readonly leftRao = new ExactSum();
  readonly proceedsRao = new ExactSum();
  /** Of both, alpha at times without a price: it counts as worth nothing. */
  readonly unpricedRao = new ExactSum();
  /** Alpha that they sent to positions that are not handed over, and that these got all the same. */
  readonly arrivedElsewhereRao = new ExactSum();

  constructor(
    private readonly alpha: AlphaMarket,
    private readonly agenda: Pick<Agenda, "nowMs">,
    /** Told of a recorded swap of keys. */
    readonly rekeyed: (from: number, to: number) => void,
  ) {}

  came(amountRao: number): void {
    this.#value(amountRao, this.cameRao, this.spentRao);
  }

  left(amountRao: number): void {
    this.#value(amountRao, this.leftRao, this.proceedsRao);
  }

  arrivedElsewhere(amountRao: number): void {
    this.arrivedElsewhereRao.add(amountRao);
  }

  #value(amountRao: number, alpha: ExactSum, worth: ExactSum): void {
    if (amountRao === 0) return;
    this.acts += 1;
    alpha.add(amountRao);
    this.alpha.settle();
    const { priceTao } = this.alpha.market;
    const worthRao = floor(amountRao * priceTao);
    if (priceTao === 0 || worthRao > MAX_RAO) {
      this.unpricedRao.add(amountRao);
      return;
    }
    worth.add(worthRao);
    this.alpha.use.note("passedOver", this.agenda.nowMs, amountRao);
  }
}
