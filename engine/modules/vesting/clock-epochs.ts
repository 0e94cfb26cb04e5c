import { checkConservation } from "../../books/conservation.js";
import type { Subnet } from "../../books/subnet.js";
import type { World } from "../../books/world.js";
import type { WaitingEmission } from "../../epochs/epoch-instants.js";
import { PHASE_EPOCHS, RANK } from "../../kernel/order.js";
import { BLOCK_MS } from "../../kernel/time.js";
import { ROLES } from "../../tables/streams.js";
import type { InsidePay } from "./inside-pay.js";

/** Ends an epoch of a subnet: measures, shares, books and records. */
export type CloseEpoch = (subnet: Subnet, endMs: number) => void;

/**
 * `epochs: tempo`: an epoch of a subnet ends at start + k * tempo * 12 s. Emission at that very instant is of the epoch that
 * ends; what came before is booked when it comes, but for miners' pay that is shared anew.
 */
export class ClockEpochs {
  constructor(
    private readonly world: World,
    private readonly waiting: WaitingEmission,
    private readonly inside: InsidePay,
    private readonly close: CloseEpoch,
  ) {
    const { agenda, configuration } = world;
    for (const { netuid } of configuration.subnets) this.#planEnd(world.subnet(netuid));
    world.subnetListeners.push((subnet) => this.#meet(subnet));
    waiting.onInstant = (timeMs) => void agenda.plan(timeMs, PHASE_EPOCHS, RANK.BOOKING, 0, () => this.#book(timeMs));
  }

  #book(timeMs: number): void {
    for (const subnet of this.waiting.handOver()) if (endOf(subnet) !== timeMs) this.inside.book(subnet, timeMs);
  }

  #planEnd(subnet: Subnet): void {
    const endMs = endOf(subnet);
    this.world.agenda.plan(endMs, PHASE_EPOCHS, RANK.EPOCHS, subnet.configuration.netuid, () => this.#end(subnet, endMs));
  }

  #end(subnet: Subnet, endMs: number): void {
    const { world } = this;
    world.provenance.at("epoch", 0, -1, -1, -1);
    subnet.group.close(endMs, ROLES.length);
    this.close(subnet, endMs);
    if (world.configuration.audit) checkConservation(world);
    this.#planEnd(subnet);
  }

  /** Ends the epochs that went by before the first event of a subnet; nobody held anything on it. */
  #meet(subnet: Subnet): void {
    const { agenda } = this.world;
    const isOver = (endMs: number) => endMs < agenda.nowMs || (endMs === agenda.nowMs && agenda.phase > PHASE_EPOCHS);
    for (let endMs = endOf(subnet); isOver(endMs); endMs = endOf(subnet)) this.close(subnet, endMs);
    this.#planEnd(subnet);
  }
}

function endOf(subnet: Subnet): number {
  return subnet.epochEndMs + subnet.configuration.tempoBlocks * BLOCK_MS;
}
