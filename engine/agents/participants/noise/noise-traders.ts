import { type Accounts, ASSET } from "../../../books/accounts.js";
import type { RandomStream } from "../../../kernel/random.js";
import type { TokenMarket, Trade } from "../../../market/token-market.js";
import { type NoiseTraderAgent, type NoiseTraderConfiguration, noiseTrader } from "./noise-trader.js";

const { TAO, INDEX_TOKEN } = ASSET;

/** Told of each trade. */
export type NoiseTradeListener = (trader: number, trade: Trade) => void;

/** All noise traders, who act one after the other; each sees the price that the one before left. */
export class NoiseTraders {
  readonly #traders: readonly NoiseTraderAgent[];
  readonly #seen = { priceTaoPerToken: 0, taoRao: 0, tokensRao: 0 };

  /**
   * @param accountOf account of each trader
   * @param draws random stream of each trader, so that one more trader changes nothing for the others
   */
  constructor(
    configuration: NoiseTraderConfiguration,
    private readonly accounts: Accounts,
    private readonly accountOf: readonly number[],
    draws: readonly RandomStream[],
  ) {
    this.#traders = accountOf.map((_, trader) => noiseTrader.bind(configuration, { random: draws[trader] }));
  }

  /** Lets every trader act once, in order. @returns trades made */
  act(market: TokenMarket, listener?: NoiseTradeListener): number {
    let trades = 0;
    for (let trader = 0; trader < this.#traders.length; trader++) {
      const trade = this.#act(trader, market);
      if (trade === null) continue;
      trades += 1;
      listener?.(trader, trade);
    }
    return trades;
  }

  #act(trader: number, market: TokenMarket): Trade | null {
    const account = this.accountOf[trader];
    const seen = this.#seen;
    seen.priceTaoPerToken = market.priceTao;
    seen.taoRao = this.accounts.balanceRao(TAO, account);
    seen.tokensRao = this.accounts.balanceRao(INDEX_TOKEN, account);
    const order = this.#traders[trader].decide(seen);
    if (order === null) return null;
    const trade = market.trade(order.side, account, order.paidRao, 0);
    return trade.done ? trade : null;
  }
}
