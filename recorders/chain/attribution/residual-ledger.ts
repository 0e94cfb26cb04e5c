import type { StakeCause } from "../../../engine/index.js";
import type { StakeRow } from "./block-rows.js";

/** Changes of a subnet in a block that no event gives an amount for, by cause. */
export interface QuarantineEntry {
  readonly block: number;
  readonly netuid: number;
  readonly cause: StakeCause;
  positions: number;
  inflow_rao: number;
  outflow_rao: number;
}

/** Measured changes of one kind. */
export interface ResidualFigures {
  rows: number;
  rao: string;
  worst_rao: number;
}

export interface Residuals {
  /** Less than 10 rao an event: how the chain rounds. */
  readonly rounding: ResidualFigures;
  /** More than that, with nothing that explains it. */
  readonly unexplained: ResidualFigures;
  /** Pay that was measured against what the chain says each miner was paid. */
  readonly pay_check: { miners: number; worst_rao: number; worst_block: number | null; worst_uid: number | null };
}

/** Keeps count of what had to be measured, for the manifest. */
export class ResidualLedger {
  readonly #quarantined = new Map<string, QuarantineEntry>();
  readonly #sums = { rounding: 0n, unexplained: 0n };
  readonly residuals: Residuals = {
    rounding: { rows: 0, rao: "0", worst_rao: 0 },
    unexplained: { rows: 0, rao: "0", worst_rao: 0 },
    pay_check: { miners: 0, worst_rao: 0, worst_block: null, worst_uid: null },
  };

  /** In the order of blocks, subnets and causes as they came. */
  get quarantined(): QuarantineEntry[] {
    return [...this.#quarantined.values()];
  }

  note({ at, action, position, amountRao, cause }: StakeRow): void {
    if (cause === "event") return;
    if (cause === "rounding" || cause === "unexplained") {
      const figures = this.residuals[cause];
      this.#sums[cause] += BigInt(amountRao);
      figures.rows += 1;
      figures.rao = this.#sums[cause].toString();
      figures.worst_rao = Math.max(figures.worst_rao, amountRao);
    }
    if (cause === "rounding") return;
    const key = `${at.block}/${position.netuid}/${cause}`;
    let entry = this.#quarantined.get(key);
    if (entry === undefined) {
      entry = { block: at.block, netuid: position.netuid, cause, positions: 0, inflow_rao: 0, outflow_rao: 0 };
      this.#quarantined.set(key, entry);
    }
    entry.positions += 1;
    if (action === "added") entry.inflow_rao += amountRao;
    else entry.outflow_rao += amountRao;
  }

  notePay(block: number, uid: number, differenceRao: number): void {
    const check = this.residuals.pay_check;
    check.miners += 1;
    if (differenceRao <= check.worst_rao) return;
    check.worst_rao = differenceRao;
    check.worst_block = block;
    check.worst_uid = uid;
  }
}
