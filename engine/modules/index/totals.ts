import type { OrderOutcome } from "../../agents/participants/order.js";
import { ExactSum } from "../../kernel/money.js";
import type { Trade } from "../../market/token-market.js";
import type { FlagKind } from "../../tables/vocabularies/flags.js";

/** Counts by name, in the order in which they were first met. */
export class Counts<Name extends string> {
  readonly #counts = new Map<Name, number>();

  add(name: Name): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  toRecord(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** What the run amounts to so far. */
export class IndexTotals {
  samples = 0;
  staleSamples = 0;
  /** Times NAV became stale. */
  staleSpells = 0;
  foundedMs: number | null = null;
  firstNavTao = 0;
  firstPriceTao = 0;
  rebalances = 0;
  readonly refusedRebalances = new Counts<string>();
  readonly given = new Counts<string>();
  readonly done = new Counts<string>();
  readonly refusals = new Counts<string>();
  readonly flags = new Counts<FlagKind>();
  readonly noConsensus = new Counts<string>();
  consensusReached = 0;
  noiseTrades = 0;
  readonly noiseVolumeRao = new ExactSum();
  readonly mintedValueRao = new ExactSum();
  readonly redeemedValueRao = new ExactSum();
  readonly poolFeesTaoRao = new ExactSum();
  readonly poolFeesTokensRao = new ExactSum();
  readonly transactionCostsRao = new ExactSum();
  readonly potRao = new ExactSum();
  readonly minersRao = new ExactSum();
  readonly validatorsRao = new ExactSum();
  readonly burntRao = new ExactSum();
  readonly unallocatedRao = new ExactSum();
  /** What a list of stages sends elsewhere than to miners. */
  readonly elsewhereRao = new ExactSum();
  readonly withdrawnRao = new ExactSum();
  readonly slashedRao = new ExactSum();
  /** By index of the tier; behind them the base. */
  readonly tierPaidRao: readonly ExactSum[];
  readonly tierPlaces: Float64Array;

  constructor(tiers: number) {
    this.tierPaidRao = Array.from({ length: tiers + 1 }, () => new ExactSum());
    this.tierPlaces = new Float64Array(tiers + 1);
  }

  order(outcome: OrderOutcome, transactionCostRao: number): void {
    const { reason, side } = outcome.order;
    this.given.add(reason);
    if (!outcome.done) {
      this.refusals.add(outcome.cause);
      return;
    }
    this.done.add(reason);
    (side === "mint" ? this.mintedValueRao : this.redeemedValueRao).add(outcome.valueRao);
    this.transactionCostsRao.add(transactionCostRao);
    if (outcome.trade !== null) this.#poolFee(outcome.trade);
  }

  noise(trade: Trade): void {
    this.noiseTrades += 1;
    this.noiseVolumeRao.add(trade.side === "buy" ? trade.paidRao : trade.receivedRao);
    this.#poolFee(trade);
  }

  #poolFee({ side, feeRao }: Trade): void {
    (side === "buy" ? this.poolFeesTaoRao : this.poolFeesTokensRao).add(feeRao);
  }
}
