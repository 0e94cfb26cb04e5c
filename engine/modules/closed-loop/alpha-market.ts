import { ACCOUNT, type Accounts } from "../../books/accounts.js";
import type { Subnet } from "../../books/subnet.js";
import { TenureError } from "../../kernel/errors.js";
import { floor, min } from "../../kernel/math.js";
import { MAX_RAO } from "../../kernel/money.js";
import { BLOCK_MS } from "../../kernel/time.js";
import { ConstantProductPool } from "../../market/constant-product-pool.js";
import type { TokenMarket } from "../../market/token-market.js";
import { ToldPriceMarket } from "../../market/told-price-market.js";
import type { AlphaMarketConfiguration } from "./configuration.js";
import { LastPriceUse } from "./last-price-use.js";
import { PoolFeedback } from "./pool-feedback.js";

/** Where the alpha of a subnet trades: its pool, whose price is the subnet's, or the prices that streams tell. */
export class AlphaMarket {
  readonly market: TokenMarket;
  readonly pool: ConstantProductPool | null;
  /** What emission added to the pool, rao. */
  taoInRao = 0;
  alphaInRao = 0;
  /** What the prices of streams were used for; a pool has prices of its own. */
  readonly use: LastPriceUse;
  readonly #told: ToldPriceMarket | null;
  readonly #taoRaoPerBlock: number;
  readonly #feedback: PoolFeedback | null;

  constructor(
    configuration: AlphaMarketConfiguration,
    accounts: Accounts,
    readonly subnet: Subnet,
  ) {
    const { netuid } = subnet.configuration;
    const alpha = accounts.alpha(netuid);
    this.use = new LastPriceUse(subnet.toldPrices);
    if (configuration.kind === "pool") {
      const { pool, taoReserveRao, alphaReserveRao, taoRaoPerBlock, feedback } = configuration;
      this.pool = new ConstantProductPool(accounts, accounts.open(`pool/${netuid}`), alpha, pool);
      this.pool.addLiquidity(ACCOUNT.OUTSIDE_MARKET, taoReserveRao, alphaReserveRao);
      this.#taoRaoPerBlock = taoRaoPerBlock;
      this.#feedback = feedback === null ? null : new PoolFeedback(feedback, this.pool.priceTao);
      this.#told = null;
      this.market = this.pool;
    } else {
      this.#told = new ToldPriceMarket(accounts, alpha);
      this.#taoRaoPerBlock = 0;
      this.#feedback = null;
      this.pool = null;
      this.market = this.#told;
    }
    this.settle();
  }

  /** Brings what the rules see of the price, and the market sees of the streams, up to date. */
  settle(): void {
    if (this.pool !== null) this.subnet.priceTaoPerAlpha = this.pool.priceTao;
    else this.#told?.take(this.subnet.priceTaoPerAlpha);
  }

  /**
   * What is emitted to the pool for the blocks after `fromMs` up to `toMs`.
   * @param burntShare of the epoch's pay that was burned or recycled, 0..1
   */
  emit(fromMs: number, toMs: number, burntShare: number): void {
    if (this.pool === null || this.#taoRaoPerBlock === 0) return;
    const factor = this.#feedback?.factor(this.pool.priceTao, toMs - fromMs, burntShare) ?? 1;
    const wholeRao = this.#taoRaoPerBlock * (floor(toMs / BLOCK_MS) - floor(fromMs / BLOCK_MS));
    const taoRao = factor === 1 ? wholeRao : min(MAX_RAO, floor(wholeRao * factor));
    this.#refuseOverflow(this.pool, taoRao, toMs);
    this.alphaInRao += this.pool.addEmission(taoRao);
    this.taoInRao += taoRao;
    this.settle();
  }

  /** A pool with little TAO and much alpha would be given more alpha than can be counted. */
  #refuseOverflow({ taoReserveRao, tokenReserveRao }: ConstantProductPool, taoRao: number, timeMs: number): void {
    const alphaRao = taoRao * (tokenReserveRao / taoReserveRao);
    if (taoReserveRao + taoRao <= MAX_RAO && tokenReserveRao + alphaRao <= MAX_RAO) return;
    throw new TenureError({
      code: "TEN-LOOP-107",
      what: `Emission would make the pool of subnet ${this.subnet.configuration.netuid} larger than can be counted exactly.`,
      place: { timeMs },
      found: `${taoRao} rao of TAO for a pool of ${taoReserveRao} rao of TAO and ${tokenReserveRao} rao of alpha`,
      allowed: `reserves of at most ${MAX_RAO} rao (9.007 million tokens)`,
      hint: "Raise closed_loop.market.tao_reserve, or lower tao_per_block or alpha_reserve.",
    });
  }
}
