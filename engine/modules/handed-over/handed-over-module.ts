import type { World } from "../../books/world.js";
import { InvariantError, TenureError } from "../../kernel/errors.js";
import { PHASE_PRICES, RANK } from "../../kernel/order.js";
import { instantText } from "../../kernel/time.js";
import { refuseWithoutPrices } from "../closed-loop/refuse-without-prices.js";
import { declareModule, type ModuleGround, type SubnetModule } from "../subnet-module.js";
import type { Warning } from "../warning.js";
import type { HandedOverConfiguration } from "./configuration.js";
import { refuseHandedOver } from "./configuration-checks.js";
import { findPositions } from "./find-positions.js";
import { HandedOverSubnet } from "./handed-over-subnet.js";
import type { HandedOverSummary } from "./handed-over-summary.js";
import { type Begun, handedOverWarnings } from "./handed-over-warnings.js";
import { figuresOf, profitOf } from "./summarise-handed-over.js";

export interface HandedOverSlice {
  /** Recorded positions that are handed to strategies; empty: none. */
  readonly handedOver: readonly HandedOverConfiguration[];
}

export interface HandedOverPart {
  /** Null: no position is handed over. */
  readonly handedOver: HandedOverSummary | null;
}

/** Recorded positions that somebody decides for from an instant on (docs/explanation/closed-loop.md). */
export const handedOverModule = declareModule<HandedOverSlice, HandedOverPart>({
  name: "handed_over",
  absent: { handedOver: null },
  keepsRecorded: ({ handedOver }) => handedOver.length > 0,
  refuse({ handedOver }, run, streams) {
    refuseHandedOver(run, handedOver);
    handedOver.forEach(({ netuid }, i) => {
      refuseWithoutPrices(streams, netuid, `handed_over.${i}`);
    });
  },
  build({ handedOver }, ground) {
    return handedOver.length === 0 ? null : new HandedOver(handedOver, ground);
  },
});

class HandedOver implements SubnetModule<HandedOverPart> {
  readonly listeners = {};
  readonly #world: World;
  readonly #subnets = new Map<number, HandedOverSubnet>();
  /** In the order in which they were handed over. */
  readonly #begun: Begun[] = [];

  constructor(
    private readonly handed: readonly HandedOverConfiguration[],
    { world, close }: ModuleGround,
  ) {
    if (!world.book.twins) throw new InvariantError("positions are handed over, and nothing keeps what was recorded of them");
    this.#world = world;
    close.listeners.push(({ configuration }, sheet, measured) => this.#subnets.get(configuration.netuid)?.closed(sheet, measured));
  }

  start(): void {
    const { agenda } = this.#world;
    this.handed.forEach((one, i) => {
      agenda.plan(one.fromMs, PHASE_PRICES, RANK.MINERS, i, () => this.#handOver(one, `handed_over.${i}`));
    });
  }

  finish(): void {
    const { agenda } = this.#world;
    const missed = this.handed.findIndex((one) => this.#begun.every(({ miner }) => miner.handed !== one));
    if (missed !== -1) {
      throw new TenureError({
        code: "TEN-LOOP-123",
        what: "A position is handed over at a time that is no part of the run.",
        place: { path: `handed_over.${missed}.from` },
        found: instantText(this.handed[missed].fromMs),
        allowed: `${instantText(agenda.nowMs)} or earlier: the streams end there`,
      });
    }
    for (const { miner } of this.#begun) miner.settlePay(this.#world);
    for (const subnet of this.#subnets.values()) subnet.finish();
  }

  writeClosingTables(): void {
    for (const { subnet, miner } of this.#begun) subnet.records.agents([miner], () => profitOf(this.#world, subnet, miner));
  }

  summary(): HandedOverPart {
    const subnets = [...this.#subnets.values()];
    const inOrder = this.handed.flatMap((one) => this.#begun.filter(({ miner }) => miner.handed === one));
    return {
      handedOver: {
        decisions: subnets.reduce((sum, { decisions }) => sum + decisions.count, 0),
        miners: inOrder.map(({ subnet, miner }) => figuresOf(this.#world, subnet, miner)),
      },
    };
  }

  warnings(): readonly Warning[] {
    return handedOverWarnings(this.#world, [...this.#subnets.values()], this.#begun);
  }

  #handOver(handed: HandedOverConfiguration, path: string): void {
    const world = this.#world;
    const { netuid } = handed;
    world.provenance.at("handed_over", 0, -1, -1, -1);
    // A subnet that nothing was told of is not made: its epochs would be the run's.
    const positions = findPositions(world, world.subnets.get(netuid), handed, path);
    let subnet = this.#subnets.get(netuid);
    if (subnet === undefined) {
      subnet = new HandedOverSubnet(world, world.subnet(netuid));
      this.#subnets.set(netuid, subnet);
    }
    this.#begun.push({ subnet, miner: subnet.handOver(handed, positions, path) });
  }
}
