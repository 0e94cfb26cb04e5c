import { TenureError } from "../kernel/errors.js";
import { MAX_RAO } from "../kernel/money.js";
import type { BasisFollower } from "./basis-follower.js";
import { ExitLog } from "./exit-log.js";
import { EMISSION_SOURCE, type LedgerListener, type LedgerRules } from "./ledger-rules.js";
import { POSITION_STATE, PositionStates } from "./position-state.js";
import { TrancheStore } from "./tranche-store.js";
import { WholeDayAges } from "./whole-day-ages.js";
import { WindowHoldings } from "./window-holdings.js";

const { STRIDE: STATE_STRIDE, TOTAL } = POSITION_STATE;

/** What a ledger holds: the tranches and sums of every position, and what its operations write down. */
export class LedgerState {
  readonly store: TrancheStore;
  readonly exits: ExitLog;
  /** What the last partial move took from which tranche, for a ledger that follows this one. */
  readonly touches = new ExitLog(64);
  /** What holding metrics over a window, or in whole days over a lifetime, are read from; null where they are not asked for. */
  readonly window: WindowHoldings | null;
  readonly dayAges: WholeDayAges | null;
  /** The one of the two that there is. */
  readonly follower: BasisFollower | null;
  readonly states: PositionStates;
  /** Provenance of the event being processed; copied into the tranches it makes. */
  block = -1;
  extrinsic = -1;
  event = -1;
  /** Whether withdrawals can take page by page, the newest first. */
  protected readonly newestFirst: boolean;

  constructor(
    readonly rules: LedgerRules,
    readonly listener: LedgerListener,
    positions = 64,
    exitCapacity = 65_536,
  ) {
    this.store = new TrancheStore(positions * 2, positions * 2);
    this.exits = new ExitLog(exitCapacity);
    this.window = rules.windowed ? new WindowHoldings(rules.wholeDays) : null;
    this.dayAges = rules.wholeDays && !rules.windowed ? new WholeDayAges() : null;
    this.follower = this.window ?? this.dayAges;
    this.states = new PositionStates(positions);
    // The fast way takes page by page; who follows the basis is told tranche by tranche.
    this.newestFirst = rules.withdrawalOrder === "filo" && rules.equalTimes === "later_first" && this.follower === null;
  }

  /** `STATE_STRIDE` doubles a position; see `position-state.ts`. */
  get state(): Float64Array {
    return this.states.values;
  }

  /** Makes room for position numbers below `positions`. */
  ensurePositions(positions: number): void {
    this.states.ensure(positions);
    this.store.ensureLists(positions * 2);
  }

  /** Stake a position holds, rao. */
  totalOf(position: number): number {
    return this.states.values[position * STATE_STRIDE + TOTAL];
  }

  /** A cumulative field of a position, exactly. */
  cumulative(position: number, field: number): bigint {
    return this.states.cumulative(position * STATE_STRIDE + field);
  }

  /** Does a tranche belong to the retention basis? */
  counts(source: number, entryMs: number): boolean {
    return (source === EMISSION_SOURCE || this.rules.basisAllStake) && entryMs > this.rules.basisAfterMs;
  }

  /** The error of a position that would hold `totalRao`. */
  overfull(position: number, totalRao: number): TenureError {
    const { name, place } = this.listener.describe(position);
    return new TenureError({
      code: "TEN-LEDGER-001",
      what: `Position ${name} would hold more than a position can.`,
      place,
      found: totalRao,
      allowed: `at most ${MAX_RAO} rao (2^53 - 1, about 9.007 million tokens)`,
      hint: "Split the position over several hotkeys or coldkeys, or check the amounts: they are rao, not tokens.",
    });
  }
}
