import type { OtherSeat } from "../../agents/miners/index.js";
import { FRESH_KEY, type MinerOrder } from "../../agents/miners/order-list.js";
import { ACCOUNT, ASSET } from "../../books/accounts.js";
import type { World } from "../../books/world.js";
import { floor } from "../../kernel/math.js";
import { MAX_RAO } from "../../kernel/money.js";
import type { AlphaMarket } from "./alpha-market.js";
import type { KeyRing } from "./key-ring.js";
import type { Miner } from "./miner.js";
import { keyNamed, NOTHING, type OrderOutcome, refused } from "./order-outcome.js";

const { TAO } = ASSET;
const { BURN } = ACCOUNT;

/** Orders that are about seats, and about the work that is done on them. */
export type SeatOrder = Extract<MinerOrder, { readonly kind: "register" | "assign" | "take_over" }>;

/** Who has a seat on a subnet, what others see of it, and how one comes by it. */
export interface SeatDealings {
  /** What a registration costs, rao of TAO. */
  readonly registrationCostRao: number;
  /** Carries an order out, whole or not at all. */
  execute(miner: Miner, order: SeatOrder, timeMs: number): OrderOutcome;
  /** Seats that are not a miner's own, by uid. */
  others(miner: Miner | null): readonly OtherSeat[];
}

/** Seats of a subnet all of whose miners are simulated: they are registered for a fee, worked on as their owners want, and sold. */
export class SimulatedSeats implements SeatDealings {
  constructor(
    private readonly world: World,
    private readonly ring: KeyRing,
    private readonly alpha: AlphaMarket,
    readonly registrationCostRao: number,
  ) {}

  execute(miner: Miner, order: SeatOrder, timeMs: number): OrderOutcome {
    switch (order.kind) {
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

  others(own: Miner | null): readonly OtherSeat[] {
    const { ring, world } = this;
    ring.refresh();
    return ring.seated.flatMap(({ miner, key }) => {
      if (miner === own) return [];
      const { uid, multiplier, registeredMs } = key;
      return [{ uid, multiplier, registeredMs, stakeRao: world.book.totalOf(key.position), isForSale: miner.group.isForSale }];
    });
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
