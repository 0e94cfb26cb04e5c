import type { Subnet } from "../../books/subnet.js";
import type { World } from "../../books/world.js";
import { ExactSum } from "../../kernel/money.js";
import { ROLES } from "../../tables/streams.js";

const MINER = ROLES.indexOf("miner");

/** An epoch that had not ended when the run did. */
export interface UnfinishedEpoch {
  readonly netuid: number;
  readonly startMs: number;
  /** Emission of it that was recorded, and that therefore was paid to nobody; rao. */
  readonly unpaidRao: number;
}

/** Pay that comes before its epoch ends: booked when it comes, but for miners' pay that is shared anew, which waits for the end. */
export class InsidePay {
  /** Miners' pay that waited. */
  readonly heldBackRao = new ExactSum();

  constructor(private readonly world: World) {}

  /** Takes the rows of an instant of a subnet whose epoch does not end there. */
  book(subnet: Subnet, timeMs: number): void {
    const { world } = this;
    const { group } = subnet;
    const redistribute = world.configuration.emission.mode === "redistribute";
    for (let row = group.instantFirst; row < group.count; row++) {
      const role = group.role[row];
      const amountRao = group.amountRao[row];
      if (redistribute && role === MINER) {
        this.heldBackRao.add(amountRao);
        continue;
      }
      const block = group.block[row];
      world.provenance.at("emission", 0, block, -1, -1);
      world.holdings.pay(group.position[row], timeMs, amountRao, amountRao, role, block);
      group.booked(row);
    }
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
}
