import { ACCOUNT, type Accounts, ASSET } from "../books/accounts.js";
import { InvariantError } from "../kernel/errors.js";
import { max } from "../kernel/math.js";
import { isRao, MAX_RAO } from "../kernel/money.js";
import type { TradeRefusalCause } from "../tables/vocabularies/orders.js";
import type { PoolConfiguration } from "./market-configuration.js";
import { partsOf, proportionCeil, proportionFloor, SHARE_UNIT } from "./proportion.js";
import type { TokenMarket, Trade, TradeRefusal, TradeSide } from "./token-market.js";

const { EMISSION } = ACCOUNT;
const { TAO } = ASSET;

/**
 * A constant-product pool (docs/explanation/market.md) of TAO and one asset, whose reserves are the balances of its account:
 * out = floor(y * dx' / (x + dx')), dx' = dx less the fee, which is rounded up and stays in the pool.
 */
export class ConstantProductPool implements TokenMarket {
  readonly feeShare: number;
  readonly #feeParts: number;
  /** The last quote and what it was of: whoever trades asked before, and often twice. */
  readonly #last: LastQuote = { side: "buy", paidRao: 0, taoRao: 0, tokensRao: 0, feeRao: 0, receivedRao: 0 };

  constructor(
    private readonly accounts: Accounts,
    /** Account that holds the reserves and nothing else. */
    readonly account: number,
    /** What trades for TAO. */
    readonly asset: number,
    configuration: PoolConfiguration,
  ) {
    this.#feeParts = partsOf(configuration.fee);
    this.feeShare = this.#feeParts / SHARE_UNIT;
  }

  get taoReserveRao(): number {
    return this.accounts.balanceRao(TAO, this.account);
  }

  get tokenReserveRao(): number {
    return this.accounts.balanceRao(this.asset, this.account);
  }

  /** TAO reserve over the other; 0 while the pool is empty. */
  get priceTao(): number {
    const tokens = this.tokenReserveRao;
    return tokens === 0 ? 0 : this.taoReserveRao / tokens;
  }

  quote(side: TradeSide, paidRao: number): number {
    const last = this.#last;
    const taoRao = this.taoReserveRao;
    const tokensRao = this.tokenReserveRao;
    if (last.paidRao !== paidRao || last.side !== side || last.taoRao !== taoRao || last.tokensRao !== tokensRao) {
      last.side = side;
      last.paidRao = paidRao;
      last.taoRao = taoRao;
      last.tokensRao = tokensRao;
      last.feeRao = this.#feeRao(paidRao);
      last.receivedRao =
        side === "buy" ? received(taoRao, tokensRao, paidRao, last.feeRao) : received(tokensRao, taoRao, paidRao, last.feeRao);
    }
    return last.receivedRao;
  }

  canCount(side: TradeSide, paidRao: number): boolean {
    return (side === "buy" ? this.taoReserveRao : this.tokenReserveRao) + paidRao <= MAX_RAO;
  }

  trade(side: TradeSide, account: number, paidRao: number, minimumReceivedRao: number): Trade | TradeRefusal {
    if (!isRao(paidRao)) throw new InvariantError(`${paidRao} is not whole rao`);
    const { accounts, asset } = this;
    const priceBeforeTao = this.priceTao;
    if (priceBeforeTao === 0) return refusal("no_price");
    const assetIn = side === "buy" ? TAO : asset;
    const assetOut = side === "buy" ? asset : TAO;
    if (accounts.balanceRao(assetIn, account) < paidRao) return refusal("funds_short");
    if (accounts.balanceRao(assetIn, this.account) + paidRao > MAX_RAO) return refusal("too_large");
    const receivedRao = this.quote(side, paidRao);
    if (receivedRao === 0) return refusal("too_small");
    if (receivedRao < minimumReceivedRao) return refusal("slippage");
    accounts.trade(account, this.account, assetIn, paidRao, assetOut, receivedRao);
    const priceAfterTao = this.priceTao;
    const ratio = side === "buy" ? paidRao / (receivedRao * priceBeforeTao) - 1 : 1 - receivedRao / (paidRao * priceBeforeTao);
    return {
      done: true,
      side,
      paidRao,
      feeRao: this.#last.feeRao,
      receivedRao,
      slippage: max(0, ratio),
      priceBeforeTao,
      priceAfterTao,
    };
  }

  /** Moves reserves into the pool. */
  addLiquidity(from: number, taoRao: number, tokensRao: number): void {
    this.accounts.transfer(TAO, from, this.account, taoRao);
    this.accounts.transfer(this.asset, from, this.account, tokensRao);
  }

  /**
   * Subnet emission: adds TAO and, at the pool's price, as much of the other asset, rounded down, so that the price stays.
   * @returns what was added beside the TAO, rao; 0 and nothing is added while the pool is empty
   */
  addEmission(taoRao: number): number {
    const tao = this.taoReserveRao;
    const tokens = this.tokenReserveRao;
    if (tao === 0 || tokens === 0) return 0;
    const tokensRao = proportionFloor(taoRao, tokens, tao);
    this.addLiquidity(EMISSION, taoRao, tokensRao);
    return tokensRao;
  }

  #feeRao(paidRao: number): number {
    return proportionCeil(paidRao, this.#feeParts, SHARE_UNIT);
  }
}

interface LastQuote {
  side: TradeSide;
  paidRao: number;
  taoRao: number;
  tokensRao: number;
  feeRao: number;
  receivedRao: number;
}

function received(reserveInRao: number, reserveOutRao: number, paidRao: number, feeRao: number): number {
  const counted = paidRao - feeRao;
  if (!(reserveInRao > 0 && reserveOutRao > 0 && counted > 0) || reserveInRao + paidRao > MAX_RAO) return 0;
  return proportionFloor(reserveOutRao, counted, reserveInRao + counted);
}

function refusal(cause: TradeRefusalCause): TradeRefusal {
  return { done: false, cause };
}
