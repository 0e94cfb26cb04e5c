import type { OtherSeat } from "../../agents/miners/index.js";
import type { Subnet } from "../../books/subnet.js";
import type { World } from "../../books/world.js";
import { MAX_RAO } from "../../kernel/money.js";
import type { Measurements } from "../../vesting/measurements.js";
import type { Miner } from "../closed-loop/miner.js";
import { type OrderOutcome, refused } from "../closed-loop/order-outcome.js";
import type { SeatDealings, SeatOrder } from "../closed-loop/seat-dealings.js";

/** Seats of a recorded subnet: who has one, and what work is done on it, is as recorded, so nothing of it is to be had. */
export class RecordedSeats implements SeatDealings {
  /** More than anybody has. */
  readonly registrationCostRao = MAX_RAO;
  /** By number of the position on the subnet, what the rule answered when the last epoch ended. */
  #multiplier = new Float64Array(0);

  constructor(
    private readonly world: World,
    private readonly subnet: Subnet,
  ) {}

  execute(miner: Miner, order: SeatOrder): OrderOutcome {
    const number = order.kind === "take_over" ? -1 : order.key;
    return refused("not_for_sale", miner.keys.find(({ key }) => key === number)?.position ?? -1);
  }

  /** Remembers what others can see of an epoch that has ended. */
  show({ count, multiplier }: Measurements): void {
    if (this.#multiplier.length < count) this.#multiplier = new Float64Array(2 * count);
    this.#multiplier.set(multiplier.subarray(0, count));
    this.#multiplier.fill(1, count);
  }

  others(own: Miner | null): readonly OtherSeat[] {
    const { world, subnet } = this;
    const { netuid } = subnet.configuration;
    const { positions, book } = world;
    return [...subnet.registry.seats()]
      .filter(({ uid, hotkey }) => uid >= 0 && own?.keys.some((key) => key.hotkey === hotkey) !== true)
      .sort((a, b) => a.uid - b.uid)
      .map(({ uid, hotkey, coldkey, registeredMs }) => {
        // Who has a seat and was never met otherwise has nothing, and looking must not make it a position.
        const position = positions.has(netuid, hotkey, coldkey) ? positions.of(netuid, hotkey, coldkey) : -1;
        const multiplier = position < 0 ? 1 : (this.#multiplier[positions.onSubnet[position]] ?? 1);
        return { uid, multiplier, registeredMs, stakeRao: position < 0 ? 0 : book.totalOf(position), isForSale: false };
      });
  }
}
