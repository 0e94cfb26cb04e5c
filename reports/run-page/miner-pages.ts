import { type PackedFloats, packFloats } from "../html/packed-floats.js";
import type { HoldingValues, SampleListener } from "./holding-spread.js";
import type { LargestExits, MinerExit } from "./largest-exits.js";
import type { PageGround } from "./page-subnets.js";
import type { RewardListener } from "./reward-pass.js";
import type { Sampling } from "./sampled-epochs.js";
import { spanAt, spanStarts, type TimeGrid } from "./time-grid.js";
import type { PassedTranche, TrancheListener } from "./tranche-pass.js";

/** Miners that have a page of their own, at most: the best paid. */
export const MOST_PAGES = 1000;
/** Points of all series of one kind together. */
const MOST_POINTS = 60_000;
const MOST_POINTS_EACH = 180;

/** Series of the miners of a subnet that the script of a page draws when a miner is asked for. */
export interface MinerPages {
  readonly netuid: number;
  /** Positions, in the order of the arrays. */
  readonly miners: readonly {
    readonly position: number;
    readonly hotkey: string;
    readonly coldkey: string;
    readonly exits: readonly MinerExit[];
  }[];
  /** Which epochs are shown. */
  readonly sampling: Sampling;
  /** Ends of the sampled epochs. */
  readonly times_ms: readonly number[];
  /** Starts of the spans of tranches. */
  readonly spans_ms: readonly number[];
  /**
   * By miner, then by time: `multiplier`, `held_share`, `held_days`, `stake` (alpha) and `paid` (alpha, in the epochs that were recorded
   * since the time before), NaN where unknown; by miner, then by span of entry: `held` and `gone` alpha of tranches of emission, `manual_held` and
   * `manual_gone`. An array that no table fills is left out.
   */
  readonly series: PackedFloats;
}

const ALPHA = 1e-9;

/** Gathers, in the passes that a page makes anyway, what the pages of miners need. */
export class MinerPagesBuilder implements SampleListener, RewardListener, TrancheListener {
  readonly #ground: PageGround;
  readonly #grid: TimeGrid;
  readonly #subnet: number;
  readonly #miners: readonly number[];
  readonly #slots: Int32Array;
  /** Every how many of the page's samples is one of a miner's. */
  readonly #thin: number;
  readonly #last: number;
  readonly #times: readonly number[];
  readonly #arrays = new Map<string, Float32Array>();

  /**
   * @param subnet index into the subnets of the page
   * @param miners the positions that get a page, best paid first
   */
  constructor(ground: PageGround, subnet: number, miners: readonly number[], grid: TimeGrid) {
    this.#ground = ground;
    this.#grid = grid;
    this.#subnet = subnet;
    this.#miners = miners;
    this.#slots = new Int32Array(ground.subnetOf.length).fill(-1);
    miners.forEach((position, slot) => {
      this.#slots[position] = slot;
    });
    const { rows } = ground.subnets[subnet].samples;
    const points = Math.max(10, Math.min(MOST_POINTS_EACH, Math.floor(MOST_POINTS / Math.max(1, miners.length))));
    this.#thin = Math.max(1, Math.ceil(rows.length / points));
    this.#last = rows.length - 1;
    this.#times = rows.filter((_, place) => (this.#last - place) % this.#thin === 0).map(({ end_ms }) => end_ms);
  }

  /** Has it a page? */
  has(position: number): boolean {
    return this.#slots[position] >= 0;
  }

  holding(position: number, subnet: number, place: number, { stakeRao, heldShare, heldDays }: HoldingValues): void {
    const at = this.#sampleAt(position, subnet, place);
    if (at < 0) return;
    this.#series("stake")[at] = stakeRao * ALPHA;
    this.#series("held_share")[at] = heldShare;
    this.#series("held_days")[at] = heldDays;
  }

  multiplier(position: number, subnet: number, place: number, value: number): void {
    const at = this.#sampleAt(position, subnet, place);
    if (at >= 0) this.#series("multiplier")[at] = value;
  }

  reward(position: number, subnet: number, epoch: number, paidRao: number): void {
    const slot = subnet === this.#subnet ? this.#slots[position] : -1;
    if (slot < 0) return;
    const place = this.#ground.subnets[subnet].samples.placeOf(epoch);
    const point = this.#times.length - 1 - Math.floor((this.#last - place) / this.#thin);
    const paid = this.#series("paid", 0);
    paid[slot * this.#times.length + point] += paidRao * ALPHA;
  }

  tranche({ position, entryMs, receivedRao, remainingRao, isEmission }: PassedTranche): void {
    const slot = this.#slots[position] ?? -1;
    if (slot < 0) return;
    const at = slot * this.#grid.count + spanAt(this.#grid, entryMs);
    const kind = isEmission ? "" : "manual_";
    this.#spans(`${kind}held`)[at] += remainingRao * ALPHA;
    this.#spans(`${kind}gone`)[at] += (receivedRao - remainingRao) * ALPHA;
  }

  /** Where a value of a sample stands; -1: nowhere. */
  #sampleAt(position: number, subnet: number, place: number): number {
    const slot = subnet === this.#subnet ? this.#slots[position] : -1;
    if (slot < 0 || (this.#last - place) % this.#thin !== 0) return -1;
    return slot * this.#times.length + this.#times.length - 1 - (this.#last - place) / this.#thin;
  }

  #sampling(): Sampling {
    const { every_epochs, step, last_epoch } = this.#ground.subnets[this.#subnet].samples;
    return { every_epochs, step: step * this.#thin, last_epoch };
  }

  #series(name: string, empty = Number.NaN): Float32Array {
    return this.#array(name, this.#times.length, empty);
  }

  #spans(name: string): Float32Array {
    return this.#array(name, this.#grid.count, 0);
  }

  #array(name: string, each: number, empty: number): Float32Array {
    let array = this.#arrays.get(name);
    if (array === undefined) {
      array = new Float32Array(this.#miners.length * each).fill(empty);
      this.#arrays.set(name, array);
    }
    return array;
  }

  build(exits: LargestExits): MinerPages {
    const names = [...this.#arrays.keys()].sort();
    return {
      netuid: this.#ground.subnets[this.#subnet].netuid,
      miners: this.#miners.map((position) => {
        const row = this.#ground.positions.get(position);
        return { position, hotkey: row?.hotkey ?? "", coldkey: row?.coldkey ?? "", exits: exits.of(position) };
      }),
      sampling: this.#sampling(),
      times_ms: this.#times,
      spans_ms: spanStarts(this.#grid),
      series: packFloats(Object.fromEntries(names.map((name) => [name, this.#arrays.get(name) as Float32Array]))),
    };
  }
}
