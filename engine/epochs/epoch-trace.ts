import { ListTrace } from "../rules/stages/list-trace.js";
import type { YumaTrace } from "../yuma/yuma-trace.js";

/** Terms of one epoch of one subnet that no table holds, collected while it is computed; it changes nothing of the run. */
export class EpochTrace {
  /** Of the list of stages; null: it has none, or the epoch did not come. */
  list: ListTrace | null = null;
  /** Position of each miner of the list. */
  positions: Int32Array = new Int32Array(0);
  /** Of base weights by Yuma; null: they are made of something else. */
  yuma: YumaTrace | null = null;

  constructor(
    readonly netuid: number,
    /** From 1. */
    readonly epoch: number,
  ) {}

  isOf(netuid: number, epoch: number): boolean {
    return netuid === this.netuid && epoch === this.epoch;
  }

  /** The list of the epoch begins. */
  begin(positions: Int32Array): ListTrace {
    this.positions = positions;
    this.list = new ListTrace();
    return this.list;
  }
}
