import type { SharedPot } from "../metrics/index.js";
import { REST_ROWS } from "../tables/vocabularies/rest-rows.js";
import { EpochEvidence } from "./epoch-evidence.js";

const REST = REST_ROWS.length;

/**
 * What an epoch that closes works on, one for all epochs of a run. Arrays by place: miners in order of uid, then `outside`,
 * then, where there is a list of stages, `REST_ROWS`; `paid` goes by row of the subnet's group.
 */
export class EpochSheet implements SharedPot {
  netuid = 0;
  endMs = 0;
  /** How many numbers the subnet has given out. */
  members = 0;
  miners = 0;
  /** Places. */
  count = 0;
  /** Is there a list of stages, and does it decide pay? */
  readonly listed: boolean;
  readonly listApplies: boolean;
  /** Do base weights say what the rows say, so that without a factor there is nothing to share anew? */
  asRecorded = false;
  /** All that the places share, and what of it `aside` has given to them already; rao. */
  potRao = 0;
  asideSumRao = 0;
  /** What the epoch emits to rows, and whatever else its source shares out; rao. */
  recordedRao = 0;
  /** What miners whom the streams do not hold get, and what nobody does; rao. */
  outsideRao = 0;
  unallocatedRao = 0;

  /** Row of the subnet's group; number on the subnet, -1: no miner of the streams. */
  row = new Int32Array(256);
  member = new Int32Array(256);
  uid = new Int32Array(256);
  /** Weights before any rule, 0 or more, and their sum. */
  base = new Float64Array(256);
  baseSum = 0;
  /** Weights that a list of stages begins with; null: `base`. */
  start: Float64Array | null = null;
  /** What a miner gets beside what is shared by the list, rao; null: nothing. */
  aside: Float64Array | null = null;
  /** What a weight is multiplied by, and what the rule answers, applied or not. */
  factor = new Float64Array(256);
  shown = new Float64Array(256);
  /** Shares by which is paid. */
  final = new Float64Array(256);
  /** Shares under the rule, applied or not: `final`, or what would be. */
  ruled = this.final;
  kept = 1;
  would = new Float64Array(256);
  /** Does anybody get anything under the rule? */
  allocated = false;
  /** Part of the pot that the rule moves, 0..1. */
  moved = 0;
  /** What is shared out anew, rao. */
  parts = new Float64Array(256);
  paid = new Float64Array(256);
  /** Multipliers of the recorded holdings by number on the subnet, where a recorded rule is to be divided out. */
  undone: Float64Array | null = null;
  readonly evidence = new EpochEvidence();

  constructor(listed: boolean, listApplies: boolean) {
    this.listed = listed;
    this.listApplies = listApplies;
  }

  begin(netuid: number, members: number, endMs: number): void {
    this.netuid = netuid;
    this.members = members;
    this.endMs = endMs;
    this.asRecorded = false;
    this.potRao = 0;
    this.asideSumRao = 0;
    this.recordedRao = 0;
    this.outsideRao = 0;
    this.unallocatedRao = 0;
    this.kept = 1;
    this.start = null;
    this.aside = null;
  }

  /** Makes room for so many rows; what the arrays hold is lost. */
  room(rows: number): void {
    if (rows + 1 + REST <= this.base.length) return;
    const length = (rows + 1 + REST) * 2;
    this.row = new Int32Array(length);
    this.member = new Int32Array(length);
    this.uid = new Int32Array(length);
    this.base = new Float64Array(length);
    this.factor = new Float64Array(length);
    this.shown = new Float64Array(length);
    this.final = new Float64Array(length);
    this.would = new Float64Array(length);
    this.parts = new Float64Array(length);
    this.paid = new Float64Array(length);
  }

  /** The miners have their places; behind them nobody has a weight so far. */
  seat(miners: number): void {
    this.miners = miners;
    this.count = miners + 1 + (this.listed ? REST : 0);
    this.base.fill(0, miners, this.count);
    this.member.fill(-1, miners, this.count);
    this.factor[miners] = 1;
    this.shown[miners] = 1;
  }
}
