import { type Accounts, ASSET } from "../books/accounts.js";
import { floor, ln, min } from "../kernel/math.js";
import type { RandomStream } from "../kernel/random.js";
import type { NoiseTraderConfiguration } from "./market-configuration.js";
import type { TokenMarket, Trade } from "./token-market.js";

const { TAO, INDEX_TOKEN } = ASSET;
/** Uniform deviates are multiples of 2^-32; this keeps the logarithm finite. */
const HALF_STEP = 1.1641532182693481e-10;

/** Told of each trade. */
export type NoiseTradeListener = (trader: number, trade: Trade) => void;

/** Traders without a view of NAV: at a sample each may buy or sell a random amount, as far as it has the means. */
export class NoiseTraders {
  /** 1: bought last, -1: sold last, 0: has not traded yet. */
  readonly #directions: Int8Array;

  /**
   * @param accountOf account of each trader
   * @param draws random stream of each trader, so that one more trader changes nothing for the others
   */
  constructor(
    private readonly configuration: NoiseTraderConfiguration,
    private readonly accounts: Accounts,
    private readonly accountOf: readonly number[],
    private readonly draws: readonly RandomStream[],
  ) {
    this.#directions = new Int8Array(accountOf.length);
  }

  /** Lets every trader act once, in order. @returns trades made */
  act(market: TokenMarket, listener?: NoiseTradeListener): number {
    const { tradeProbability } = this.configuration;
    let trades = 0;
    for (let trader = 0; trader < this.accountOf.length; trader++) {
      if (this.draws[trader]() >= tradeProbability) continue;
      const trade = this.#trade(trader, market);
      if (trade === null) continue;
      trades += 1;
      listener?.(trader, trade);
    }
    return trades;
  }

  #trade(trader: number, market: TokenMarket): Trade | null {
    const { persistence, meanSizeRao, maxSizeRao } = this.configuration;
    const draw = this.draws[trader];
    const account = this.accountOf[trader];
    let direction = this.#directions[trader];
    const drawn = draw() < 0.5 ? 1 : -1;
    if (draw() >= persistence || direction === 0) direction = drawn;
    this.#directions[trader] = direction;
    const wantedTaoRao = min(maxSizeRao, floor(-meanSizeRao * ln(draw() + HALF_STEP)));
    const price = market.priceTao;
    if (price === 0) return null;
    const buys = direction === 1;
    const wantedRao = buys ? wantedTaoRao : floor(wantedTaoRao / price);
    const paidRao = min(wantedRao, this.accounts.balanceRao(buys ? TAO : INDEX_TOKEN, account));
    if (paidRao <= 0) return null;
    const trade = market.trade(buys ? "buy" : "sell", account, paidRao, 0);
    return trade.done ? trade : null;
  }
}
