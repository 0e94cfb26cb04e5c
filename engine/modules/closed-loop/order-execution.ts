import type { MinerOrder } from "../../agents/miners/order-list.js";
import { ASSET } from "../../books/accounts.js";
import type { World } from "../../books/world.js";
import { InvariantError } from "../../kernel/errors.js";
import { MAX_RAO, RAO_PER_TOKEN } from "../../kernel/money.js";
import type { Trade } from "../../market/token-market.js";
import type { AlphaMarket } from "./alpha-market.js";
import type { Miner, OwnKey } from "./miner.js";
import { keyNamed, NOTHING, type OrderOutcome, refused } from "./order-outcome.js";
import type { SeatDealings } from "./seat-dealings.js";

const { TAO } = ASSET;

/** Carries out what miners want done: through the market and the books, whole or not at all. */
export class OrderExecution {
  constructor(
    private readonly world: World,
    private readonly alpha: AlphaMarket,
    private readonly seats: SeatDealings,
  ) {}

  execute(miner: Miner, order: MinerOrder, timeMs: number): OrderOutcome {
    switch (order.kind) {
      case "sell":
        return this.#sell(miner, keyNamed(miner, order.kind, order.key), order.alphaRao, timeMs);
      case "buy":
        return this.#buy(miner, keyNamed(miner, order.kind, order.key), order.taoRao, timeMs);
      case "move":
        return this.#move(keyNamed(miner, order.kind, order.key), keyNamed(miner, order.kind, order.toKey), order.alphaRao, timeMs);
      default:
        return this.seats.execute(miner, order, timeMs);
    }
  }

  #sell(miner: Miner, key: OwnKey, alphaRao: number, timeMs: number): OrderOutcome {
    const { world, alpha } = this;
    const { market } = alpha;
    const { position } = key;
    if (world.book.totalOf(position) < alphaRao) return refused("stake_short", position);
    if (market.priceTao === 0) return refused("no_price", position);
    const taoRao = market.quote("sell", alphaRao);
    const isCounted = market.canCount("sell", alphaRao, taoRao) && world.accounts.balanceRao(TAO, miner.account) + taoRao <= MAX_RAO;
    if (!isCounted) return refused("too_large", position);
    if (taoRao === 0) return refused("too_small", position);
    world.holdings.withdrawActed(position, timeMs, alphaRao, miner.account);
    const trade = certain(market.trade("sell", miner.account, alphaRao, 0));
    alpha.settle();
    const { totals } = miner;
    totals.soldRao.add(alphaRao);
    alpha.use.note("sold", timeMs, alphaRao);
    totals.proceedsRao.add(trade.receivedRao);
    totals.slippageTao += (alphaRao * trade.priceBeforeTao - trade.receivedRao) / RAO_PER_TOKEN;
    return outcomeOf(position, alphaRao, trade.receivedRao, trade);
  }

  #buy(miner: Miner, { position }: OwnKey, taoRao: number, timeMs: number): OrderOutcome {
    const { world, alpha } = this;
    const { market } = alpha;
    if (market.priceTao === 0) return refused("no_price", position);
    if (world.accounts.balanceRao(TAO, miner.account) < taoRao) return refused("funds_short", position);
    const alphaRao = market.quote("buy", taoRao);
    const isCounted = market.canCount("buy", taoRao, alphaRao) && world.book.totalOf(position) + alphaRao <= MAX_RAO;
    if (!isCounted) return refused("too_large", position);
    if (alphaRao === 0) return refused("too_small", position);
    const trade = certain(market.trade("buy", miner.account, taoRao, 0));
    world.holdings.depositActed(position, timeMs, alphaRao, miner.account);
    alpha.settle();
    const { totals } = miner;
    totals.boughtRao.add(alphaRao);
    alpha.use.note("bought", timeMs, alphaRao);
    totals.spentRao.add(taoRao);
    totals.slippageTao += (taoRao - alphaRao * trade.priceBeforeTao) / RAO_PER_TOKEN;
    return outcomeOf(position, alphaRao, taoRao, trade);
  }

  #move(from: OwnKey, to: OwnKey, alphaRao: number, timeMs: number): OrderOutcome {
    const { book, holdings } = this.world;
    if (book.totalOf(from.position) < alphaRao) return refused("stake_short", from.position);
    if (from === to) return { ...NOTHING, position: from.position };
    if (book.totalOf(to.position) + alphaRao > MAX_RAO) return refused("too_large", from.position);
    holdings.moveActed(from.position, to.position, timeMs, alphaRao);
    return { ...NOTHING, position: from.position, alphaRao };
  }
}

function outcomeOf(position: number, alphaRao: number, taoRao: number, trade: Trade): OrderOutcome {
  const { feeRao, priceBeforeTao, priceAfterTao } = trade;
  return { refusal: "none", position, alphaRao, taoRao, feeRao, priceBeforeTao, priceAfterTao };
}

/** What was checked before must succeed: anything else would leave an order half done. */
function certain(result: Trade | { readonly done: false; readonly cause: string }): Trade {
  if (!result.done) throw new InvariantError(`an order that was checked is refused: ${result.cause}`);
  return result;
}
