import { EmptiedTranches } from "../ledger/emptied-tranches.js";
import type { LedgerListener } from "../ledger/ledger.js";
import { writeHandOver, writeTranche } from "../ledger/tranche-rows.js";
import { TRANCHE, type TrancheStore } from "../ledger/tranche-store.js";
import type { Positions } from "../registry/positions.js";
import type { RejectionCause } from "../tables/results.js";
import type { FlowTotals } from "./flow-totals.js";
import type { Outputs } from "./outputs.js";
import type { Provenance } from "./provenance.js";

/** Writes down what the ledgers of a run tell of their own accord: what they cannot give, round, close and hand over. */
export class LedgerReports implements LedgerListener {
  /** Tranches of the simulated ledger, which the table `tranches` is of. */
  store: TrancheStore | null = null;
  readonly reportsClosures: boolean;
  private readonly emptied = new EmptiedTranches();
  private readonly tranches: Outputs["tables"]["tranches"];

  constructor(
    private readonly outputs: Outputs,
    private readonly positions: Positions,
    private readonly totals: FlowTotals,
    private readonly provenance: Provenance,
  ) {
    this.tranches = outputs.tables.tranches;
    this.reportsClosures = this.tranches !== null;
  }

  rejected(position: number, timeMs: number, requestedRao: number, heldRao: number, takenRao: number): void {
    const cause: RejectionCause = takenRao > 0 ? "shortfall" : heldRao === 0 ? "nothing_held" : "more_than_held";
    this.totals.rejections[cause] += 1;
    this.totals.withdrawals.shortRao.add(requestedRao - takenRao);
    const { block, extrinsic, event } = this.provenance;
    this.outputs.tables.rejections?.write({ timeMs, position, cause, requestedRao, heldRao, block, extrinsic, event });
  }

  rounded(position: number, timeMs: number, excessRao: number): void {
    this.totals.roundingRao.add(excessRao);
    const { block } = this.provenance;
    this.outputs.tables.unexplained?.write({ timeMs, position, kind: "rounding", amountRao: excessRao, block });
  }

  closed(position: number, source: number, timeMs: number, cell: number, origin: number): void {
    const { store, tranches } = this;
    if (store === null) return;
    this.emptied.add(position, source, store.cells[cell + TRANCHE.RECEIVED]);
    if (tranches !== null) writeTranche(tranches, store, position, source, cell, origin, timeMs);
  }

  movedAll(from: number, to: number, timeMs: number): void {
    const { block, extrinsic, event } = this.provenance;
    for (let source = 0; source < 2; source++) {
      for (const receivedRao of this.emptied.handOver(from, to, source)) {
        if (this.tranches !== null) writeHandOver(this.tranches, { from, to, source, timeMs, receivedRao, block, extrinsic, event });
      }
    }
  }

  describe(position: number) {
    return { name: this.positions.nameOf(position), place: this.provenance.place() };
  }
}
