import type { MinerOrder } from "../../agents/miners/order-list.js";
import { FRESH_KEY, impossible } from "../../agents/miners/order-list.js";
import { ACCOUNT, ASSET } from "../../books/accounts.js";
import type { World } from "../../books/world.js";
import { InvariantError } from "../../kernel/errors.js";
import { floor } from "../../kernel/math.js";
import { MAX_RAO, RAO_PER_TOKEN } from "../../kernel/money.js";
import type { Trade } from "../../market/token-market.js";
import type { AgentRefusal } from "../../tables/vocabularies/agent-orders.js";
import type { AlphaMarket } from "./alpha-market.js";
import type { KeyRing } from "./key-ring.js";
import type { Miner, OwnKey } from "./miner.js";

const { TAO } = ASSET;
const { BURN } = ACCOUNT;

/** What became of an order, rao. */
export interface OrderOutcome {
  readonly refusal: AgentRefusal;
  /** Position that it is about; -1: none. */
  readonly position: number;
  readonly alphaRao: number;
  readonly taoRao: number;
  /** The market's fee, in what was paid in. */
  readonly feeRao: number;
  readonly priceBeforeTao: number;
  readonly priceAfterTao: number;
}

const NOTHING = { refusal: "none", position: -1, alphaRao: 0, taoRao: 0, feeRao: 0, priceBeforeTao: 0, priceAfterTao: 0 } as const;

/** Carries out what miners want done: through the market and the books, whole or not at all. */
export class OrderExecution {
  constructor(
    private readonly world: World,
    private readonly ring: KeyRing,
    private readonly alpha: AlphaMarket,
    private readonly registrationCostRao: number,
  ) {}

  execute(miner: Miner, order: MinerOrder, timeMs: number): OrderOutcome {
    switch (order.kind) {
      case "sell":
        return this.#sell(miner, keyNamed(miner, order.kind, order.key), order.alphaRao, timeMs);
      case "buy":
        return this.#buy(miner, keyNamed(miner, order.kind, order.key), order.taoRao, timeMs);
      case "move":
        return this.#move(keyNamed(miner, order.kind, order.key), keyNamed(miner, order.kind, order.toKey), order.alphaRao, timeMs);
      case "register":
        return this.#register(miner, order.key, timeMs);
      case "assign": {
        const key = keyNamed(miner, order.kind, order.key);
        key.workShare = order.workShare;
        return { ...NOTHING, position: key.position };
      }
      case "take_over":
        return this.#takeOver(miner, order.uid, order.premiumShare, timeMs);
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

  #register(miner: Miner, number: number, timeMs: number): OrderOutcome {
    const { ring, world, registrationCostRao } = this;
    ring.refresh();
    const known = number === FRESH_KEY ? null : keyNamed(miner, "register", number);
    if (known !== null && known.uid >= 0) return refused("has_seat", known.position);
    if (world.accounts.balanceRao(TAO, miner.account) < registrationCostRao) return refused("funds_short", known?.position ?? -1);
    world.accounts.transfer(TAO, miner.account, BURN, registrationCostRao);
    miner.totals.registrationsRao.add(registrationCostRao);
    const key = known ?? ring.make(miner);
    ring.seat(miner, key, timeMs);
    ring.refresh();
    return { ...NOTHING, position: key.position, taoRao: registrationCostRao };
  }

  #takeOver(miner: Miner, uid: number, premiumShare: number, timeMs: number): OrderOutcome {
    const { ring, world, alpha } = this;
    ring.refresh();
    const offered = ring.seated.find(({ key }) => key.uid === uid);
    if (offered === undefined || offered.miner === miner || !offered.miner.group.isForSale) return refused("not_for_sale", -1);
    const { miner: seller, key } = offered;
    const { priceTao } = alpha.market;
    if (priceTao === 0) return refused("no_price", key.position);
    const alphaRao = world.book.totalOf(key.position);
    const taoRao = floor(alphaRao * priceTao * (1 + premiumShare));
    if (!(taoRao <= world.accounts.balanceRao(TAO, miner.account))) return refused("funds_short", key.position);
    if (world.accounts.balanceRao(TAO, seller.account) + taoRao > MAX_RAO) return refused("too_large", key.position);
    world.accounts.transfer(TAO, miner.account, seller.account, taoRao);
    miner.totals.seatsRao.add(-taoRao);
    seller.totals.seatsRao.add(taoRao);
    const taken = ring.handOver(seller, key, miner, timeMs);
    ring.refresh();
    return { ...NOTHING, position: taken.position, alphaRao, taoRao };
  }
}

/** @throws TenureError TEN-AGENT-121 for a key that the miner has not */
function keyNamed(miner: Miner, order: string, number: number): OwnKey {
  const key = miner.keys.find((one) => one.key === number);
  if (key !== undefined) return key;
  const keys = miner.keys.map((one) => one.key).join(", ");
  throw impossible(order, number, keys === "" ? "no key: it has none left" : `one of its keys: ${keys}`);
}

function refused(refusal: AgentRefusal, position: number): OrderOutcome {
  return { ...NOTHING, refusal, position };
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
