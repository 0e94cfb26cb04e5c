import { ACCOUNT, type Accounts, ASSET } from "../../books/accounts.js";
import type { Outputs } from "../../books/outputs.js";
import { TenureError } from "../../kernel/errors.js";
import { floor } from "../../kernel/math.js";
import { DAY_MS } from "../../kernel/time.js";
import type { IndexWeight } from "../../market/composition.js";
import type { ConstantProductPool } from "../../market/constant-product-pool.js";
import type { FundRefusal } from "../../market/fund-outcome.js";
import type { IndexFund } from "../../market/index-fund.js";
import type { PriceBook } from "../../market/price-book.js";
import type { TokenMarket } from "../../market/token-market.js";
import type { CompositionSource } from "./composition-source.js";
import type { IndexSubnetConfiguration } from "./configuration.js";
import type { Members } from "./members.js";
import type { IndexTotals } from "./totals.js";

const { OUTSIDE_MARKET } = ACCOUNT;
const { TAO, INDEX_TOKEN } = ASSET;
const NONE = Number.POSITIVE_INFINITY;

export interface FundSurroundings {
  readonly configuration: IndexSubnetConfiguration;
  readonly startMs: number;
  readonly accounts: Accounts;
  readonly prices: PriceBook;
  readonly fund: IndexFund;
  readonly market: TokenMarket;
  /** Null: the token trades at a recorded price. */
  readonly pool: ConstantProductPool | null;
  readonly compositions: CompositionSource;
  readonly members: Members;
  /** Account of each participant, validator and noise trader. */
  readonly accountOf: readonly number[];
  /** Account that receives the founding supply, and hands out what others begin with. */
  readonly founder: number;
  readonly outputs: Outputs;
  readonly totals: IndexTotals;
}

/** What the fund does by the calendar, at the first sample that has the prices for it: founding, fees, rebalancing. */
export class FundCalendar {
  #rebalanceMs: number;
  #feeDay = -1;
  #foundingWeights: readonly IndexWeight[] = [];

  /** @throws TenureError TEN-INDEX-111 where the founding supply is less than what everybody begins with */
  constructor(private readonly around: FundSurroundings) {
    const { configuration, startMs } = around;
    this.#refuseShortSupply();
    this.#rebalanceMs = configuration.rebalancing === "never" ? NONE : startMs + configuration.fund.rebalanceEveryDays * DAY_MS;
  }

  /**
   * Prices of the instant are in.
   * @throws TenureError TEN-INDEX-112 where the fund cannot be founded; as `CompositionSource`
   */
  pricesComplete(timeMs: number): void {
    const { totals, fund } = this.around;
    if (totals.foundedMs === null) this.#found(timeMs);
    else {
      const day = floor(timeMs / DAY_MS);
      if (day !== this.#feeDay) {
        this.#feeDay = day;
        fund.accrueManagementFee(day);
      }
      if (timeMs >= this.#rebalanceMs) this.#rebalance(timeMs);
    }
  }

  #found(timeMs: number): void {
    const { configuration, accounts, fund, market, compositions, startMs, founder, totals, pool, accountOf, members } = this.around;
    const weights = compositions.founding(startMs, timeMs);
    if (weights === null) return;
    const { supplyRao } = configuration.founding;
    const day = floor(timeMs / DAY_MS);
    const founding = fund.found({ holder: founder, supplyRao, weights, timeMs, day });
    if (!founding.done) {
      if (founding.cause === "stale_price") return;
      throw this.#refuseFounding(founding, timeMs);
    }
    this.#foundingWeights = weights;
    this.#feeDay = day;
    totals.foundedMs = timeMs;
    const { participants, validators, noiseTraders } = members;
    [...participants, ...validators, ...noiseTraders].forEach((member, i) => {
      if (!("taoRao" in member)) return;
      accounts.transfer(TAO, OUTSIDE_MARKET, accountOf[i], member.taoRao);
      accounts.transfer(INDEX_TOKEN, founder, accountOf[i], member.tokensRao);
    });
    if (pool !== null && configuration.market.kind === "pool") {
      const { taoReserveRao } = configuration.market;
      accounts.transfer(TAO, OUTSIDE_MARKET, founder, taoReserveRao);
      pool.addLiquidity(founder, taoReserveRao, this.#poolTokensRao());
    }
    totals.firstNavTao = fund.navTaoPerToken();
    totals.firstPriceTao = market.priceTao;
    this.#recordHoldings(timeMs, weights, new Map());
  }

  #rebalance(timeMs: number): void {
    const { compositions, configuration, fund, totals } = this.around;
    const day = floor(this.#rebalanceMs / DAY_MS);
    // The mean includes the day's own snapshot, which is taken some time during the day.
    if (floor(timeMs / DAY_MS) === day && compositions.awaitsSnapshot(day)) return;
    const weights = compositions.rebalancing(day, this.#foundingWeights);
    if (weights === null) {
      this.#rebalanceMs += configuration.fund.rebalanceEveryDays * DAY_MS;
      return;
    }
    const rebalance = fund.rebalance(weights, timeMs);
    if (!rebalance.done) {
      totals.refusedRebalances.add(rebalance.cause);
      // A price that is stale now may be there at the next sample.
      if (rebalance.cause === "stale_price") return;
    } else {
      totals.rebalances += 1;
      this.#recordHoldings(timeMs, weights, new Map(rebalance.trades.map((trade) => [trade.netuid, trade])));
    }
    this.#rebalanceMs += configuration.fund.rebalanceEveryDays * DAY_MS;
  }

  #poolTokensRao(): number {
    const { market, fund } = this.around.configuration;
    return market.kind === "pool" ? floor(market.taoReserveRao / fund.initialNavTaoPerToken) : 0;
  }

  #refuseShortSupply(): void {
    const { participants, noiseTraders } = this.around.members;
    let neededRao = this.#poolTokensRao();
    for (const { tokensRao } of [...participants, ...noiseTraders]) neededRao += tokensRao;
    const { supplyRao } = this.around.configuration.founding;
    if (neededRao <= supplyRao) return;
    throw new TenureError({
      code: "TEN-INDEX-111",
      what: "The founding supply is less than what the pool and everybody begin with.",
      place: { path: "index.founding.supply" },
      found: supplyRao,
      allowed: `${neededRao} rao or more`,
      hint: "Raise the supply, or lower tokens and the pool's reserve.",
    });
  }

  #refuseFounding({ cause, netuid }: FundRefusal, timeMs: number): TenureError {
    return new TenureError({
      code: "TEN-INDEX-112",
      what: "The fund cannot be founded.",
      place: { path: "index.founding", timeMs },
      found: netuid === -1 ? cause : `${cause} of netuid ${netuid}`,
      allowed: "a supply and prices whose holdings are from 1 to 2^53 - 1 rao",
      hint: "Found the fund with another supply or initial_nav, or at prices that are not so small.",
    });
  }

  #recordHoldings(
    timeMs: number,
    weights: readonly IndexWeight[],
    trades: ReadonlyMap<number, { readonly alphaRao: number; readonly taoRao: number }>,
  ): void {
    const { outputs, fund, prices } = this.around;
    const target = new Map(weights.map(({ netuid, weight }) => [netuid, weight]));
    for (const netuid of [...new Set([...target.keys(), ...trades.keys()])].sort((a, b) => a - b)) {
      const trade = trades.get(netuid);
      outputs.tables.rebalances?.write({
        timeMs,
        netuid,
        weight: target.get(netuid) ?? 0,
        unitsRao: fund.unitsRao(netuid),
        priceTao: prices.priceOf(netuid),
        tradedRao: trade?.alphaRao ?? 0,
        taoRao: trade?.taoRao ?? 0,
      });
    }
  }
}
