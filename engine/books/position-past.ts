import type { Flow } from "../tables/results.js";
import type { Holdings } from "./holdings.js";
import type { OwnershipListener } from "./ownership-listener.js";
import type { PayTotals } from "./pay-totals.js";

/** What stages ask of the past of a position, over the whole run; a position that takes another's place takes its past, too. */
export class PositionPast implements OwnershipListener {
  /** What neutral moves brought, less what they took, rao. */
  private movedBy = new Float64Array(256);
  /** Pay of positions whose place it took, rao. */
  private earnedBefore = new Float64Array(256);

  private readonly totals: PayTotals;
  private followsMoves = false;

  constructor(private readonly holdings: Holdings) {
    this.totals = holdings.payroll.totals;
  }

  /** From here on moves are counted; they are asked for by few rules. */
  followMoves(): void {
    if (!this.followsMoves) this.holdings.listen(this);
    this.followsMoves = true;
  }

  ensurePositions(count: number): void {
    if (count <= this.movedBy.length) return;
    const movedBy = new Float64Array(count * 2);
    movedBy.set(this.movedBy);
    this.movedBy = movedBy;
    const earnedBefore = new Float64Array(count * 2);
    earnedBefore.set(this.earnedBefore);
    this.earnedBefore = earnedBefore;
  }

  flowed(position: number, _timeMs: number, flow: Flow, amountRao: number): void {
    if (flow === "moved_in") this.movedBy[position] += amountRao;
    else if (flow === "moved_out") this.movedBy[position] -= amountRao;
  }

  /** After what it holds went along. */
  passOn(from: number, to: number): void {
    this.movedBy[to] += this.movedBy[from];
    this.movedBy[from] = 0;
    this.earnedBefore[to] += this.earnedRao(from);
    this.earnedBefore[from] = -this.totals.paidSoFarRao(from);
  }

  movedRao(position: number): number {
    return this.movedBy[position];
  }

  /** Whole rao below 2^53, else the nearest double. */
  earnedRao(position: number): number {
    return this.totals.paidSoFarRao(position) + this.earnedBefore[position];
  }
}
