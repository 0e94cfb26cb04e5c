import { checkConservation } from "../conservation.js";
import type { Scheduled } from "../kernel/agenda.js";
import { PHASE_EPOCHS } from "../kernel/order.js";
import { BLOCK_MS } from "../kernel/time.js";
import type { Subnet } from "../subnet.js";
import { ROLES } from "../tables/streams.js";
import type { World } from "../world.js";
import type { EmissionIntake } from "./emission-intake.js";

const MINER = ROLES.indexOf("miner");
const NONE = Number.POSITIVE_INFINITY;

/** An epoch that had not ended when the run did. */
export interface UnfinishedEpoch {
  readonly netuid: number;
  readonly startMs: number;
  /** Emission of it that was recorded, and that therefore was paid to nobody; rao. */
  readonly unpaidRao: number;
}

/**
 * `epochs: tempo`: an epoch of a subnet ends at start + k * tempo * 12 s. Emission at that very instant is of the epoch that
 * ends; what came before is booked when it comes, but for miners' pay that is shared anew.
 */
export class ClockEpochs implements Scheduled {
  readonly duePhase = PHASE_EPOCHS;
  #next: Subnet | null = null;
  #nextMs = NONE;
  /** Subnets that were looked at for the next end. */
  #looked = -1;
  #nowMs = 0;
  #phase = 0;

  constructor(
    private readonly world: World,
    private readonly intake: EmissionIntake,
  ) {
    for (const { netuid } of world.configuration.subnets) world.subnet(netuid);
    world.onSubnet = (subnet) => this.#catchUp(subnet);
  }

  /** Where the rows stand. */
  at(timeMs: number, phase: number): void {
    this.#nowMs = timeMs;
    this.#phase = phase;
  }

  get dueMs(): number {
    const endMs = this.#earliestEnd();
    const { waitingMs } = this.intake;
    return waitingMs < endMs ? waitingMs : endMs;
  }

  run(): void {
    const { world, intake } = this;
    const timeMs = this.dueMs;
    if (intake.waitingMs === timeMs) {
      for (const subnet of intake.take()) if (endOf(subnet) !== timeMs) this.#bookInside(subnet, timeMs);
      return;
    }
    const subnet = this.#next as Subnet;
    this.#next = null;
    world.at("epoch", 0, -1, -1, -1);
    subnet.group.close(timeMs, ROLES.length);
    world.settlement.settle(subnet, timeMs);
    if (world.configuration.audit) checkConservation(world);
  }

  /** Epochs that were paid in and did not end, in order of netuid. */
  unfinished(): readonly UnfinishedEpoch[] {
    return [...this.world.subnets.values()]
      .filter(({ group }) => group.count > 0)
      .map(({ group, configuration, epochEndMs }) => {
        let unpaidRao = 0;
        for (let row = 0; row < group.count; row++) unpaidRao += group.amountRao[row] - group.bookedRao[row];
        return { netuid: configuration.netuid, startMs: epochEndMs, unpaidRao };
      })
      .sort((a, b) => a.netuid - b.netuid);
  }

  #bookInside(subnet: Subnet, timeMs: number): void {
    const { world } = this;
    const { group } = subnet;
    const redistribute = world.configuration.emission.mode === "redistribute";
    for (let row = group.instantFirst; row < group.count; row++) {
      const role = group.role[row];
      if (redistribute && role === MINER) continue;
      const amountRao = group.amountRao[row];
      const block = group.block[row];
      world.at("emission", 0, block, -1, -1);
      world.settlement.bookPay(group.position[row], timeMs, amountRao, amountRao, role, block);
      group.booked(row);
    }
  }

  /** Ends the epochs that went by before the first event of a subnet; nobody held anything on it. */
  #catchUp(subnet: Subnet): void {
    const { settlement } = this.world;
    for (let endMs = endOf(subnet); this.#isOver(endMs); endMs = endOf(subnet)) settlement.settle(subnet, endMs);
  }

  #isOver(endMs: number): boolean {
    return endMs < this.#nowMs || (endMs === this.#nowMs && this.#phase > PHASE_EPOCHS);
  }

  /** Of equal ends that of the lower netuid is first. */
  #earliestEnd(): number {
    const { subnets } = this.world;
    if (this.#next !== null && subnets.size === this.#looked) return this.#nextMs;
    this.#next = null;
    this.#nextMs = NONE;
    this.#looked = subnets.size;
    for (const subnet of subnets.values()) {
      const endMs = endOf(subnet);
      const first = this.#next === null || endMs < this.#nextMs;
      if (!first && !(endMs === this.#nextMs && subnet.configuration.netuid < (this.#next as Subnet).configuration.netuid)) continue;
      this.#next = subnet;
      this.#nextMs = endMs;
    }
    return this.#nextMs;
  }
}

function endOf(subnet: Subnet): number {
  return subnet.epochEndMs + subnet.configuration.tempoBlocks * BLOCK_MS;
}
