import type { MinerKey, MinerView, OtherSeat } from "../../agents/miners/index.js";
import { amount, impossible } from "../../agents/miners/order-list.js";
import { ASSET } from "../../books/accounts.js";
import type { World } from "../../books/world.js";
import type { AlphaMarket } from "./alpha-market.js";
import type { Miner, OwnKey } from "./miner.js";
import type { SaleOutlook } from "./sale-outlook.js";
import type { SeatDealings } from "./seat-dealings.js";
import { ShownView } from "./shown-view.js";

const { TAO } = ASSET;
const NONE: readonly number[] = [];

/** What one miner after the other sees: it is written before each decision, and all of it is of the past. */
export class Sight implements MinerView {
  timeMs = 0;
  epoch = 0;
  isClose = true;
  lastCloseMs = 0;
  nextCloseMs = 0;
  priceTaoPerAlpha = 0;
  poolTaoRao = 0;
  poolAlphaRao = 0;
  poolFee = 0;
  taoRao = 0;
  keys: readonly MinerKey[] = [];
  stakeRao = 0;
  readonly startMs: number;
  readonly topMultiplier: number;
  readonly registrationCostRao: number;
  /** What is given to who decides. */
  readonly shown: MinerView = new ShownView(this);
  readonly #around: SightSurroundings;
  #own: readonly OwnKey[] = [];
  #miner: Miner | null = null;

  constructor(around: SightSurroundings) {
    this.#around = around;
    this.registrationCostRao = around.seats.registrationCostRao;
    this.startMs = around.world.configuration.startMs;
    this.topMultiplier = around.outlook.topMultiplier;
  }

  /** Looks at the market: before anybody decides, and after each order. */
  lookAtMarket(): void {
    const { market } = this.#around.alpha;
    this.priceTaoPerAlpha = market.priceTao;
    this.poolTaoRao = market.taoReserveRao;
    this.poolAlphaRao = market.tokenReserveRao;
    this.poolFee = market.feeShare;
  }

  /** Looks at what is a miner's own. */
  look(miner: Miner): void {
    const { world, outlook } = this.#around;
    this.taoRao = world.accounts.balanceRao(TAO, miner.account);
    this.#miner = miner;
    outlook.expire();
    this.#own = miner.keys;
    this.keys = miner.shownKeys;
    let stakeRao = 0;
    for (const key of miner.keys) {
      key.stakeRao = world.book.totalOf(key.position);
      stakeRao += key.stakeRao;
    }
    this.stakeRao = stakeRao;
  }

  proceedsRao(alphaRao: number): number {
    return amount("proceedsRao", alphaRao) ? this.#around.alpha.market.quote("sell", alphaRao) : 0;
  }

  purchaseRao(taoRao: number): number {
    return amount("purchaseRao", taoRao) ? this.#around.alpha.market.quote("buy", taoRao) : 0;
  }

  multiplierAfterSale(key: number, alphaRao: number, aheadMs = 0): number {
    amount("multiplierAfterSale", alphaRao);
    if (!(Number.isFinite(aheadMs) && aheadMs >= 0)) throw impossible("multiplierAfterSale", aheadMs, "a time ahead, ms");
    const own = this.#own.find((one) => one.key === key);
    if (own === undefined) {
      const keys = this.#own.map((one) => one.key).join(", ");
      throw impossible("multiplierAfterSale", key, keys === "" ? "no key: it has none left" : `one of its keys: ${keys}`);
    }
    const { outlook, world } = this.#around;
    const pools = world.configuration.vesting.keyScope === "coldkey_even" && own.uid >= 0;
    const beside = pools ? this.#own.filter((one) => one !== own).map(({ position }) => position) : NONE;
    const seats = pools ? this.#own.filter(({ uid }) => uid >= 0).length : 1;
    return outlook.afterSale(own.position, beside, seats, alphaRao, this.timeMs, this.priceTaoPerAlpha, aheadMs);
  }

  others(): readonly OtherSeat[] {
    return this.#around.seats.others(this.#miner);
  }
}

export interface SightSurroundings {
  readonly world: World;
  readonly seats: SeatDealings;
  readonly alpha: AlphaMarket;
  readonly outlook: SaleOutlook;
}
