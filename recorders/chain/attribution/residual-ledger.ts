import { STAKE_CAUSES, type StakeCause } from "../../../engine/index.js";
import type { StakeRow } from "./block-rows.js";
import type { EpochSum } from "./epoch-sum.js";

/** Changes of a subnet that no event gives an amount for, of one cause. */
export interface QuarantineEntry {
  readonly netuid: number;
  readonly cause: StakeCause;
  rows: number;
  inflow_rao: string;
  outflow_rao: string;
  readonly blocks: number[];
}

/** Measured changes of one kind. */
export interface ResidualFigures {
  rows: number;
  rao: string;
  worst_rao: number;
}

/** Rounding that whole shares explain, and what one was worth at the most. */
export interface ShareRounding extends ResidualFigures {
  largest_share_rao: number;
}

export interface Residuals {
  /** How the chain rounds: less than 10 rao an event, or by less than a share an event where the runtime's shares are whole. */
  readonly rounding: ResidualFigures & { by_shares?: ShareRounding };
  /** More than that, with nothing that explains it. */
  readonly unexplained: ResidualFigures;
  /** Pay that was measured against what the chain says each miner was paid. */
  readonly pay_check: { miners: number; worst_rao: number; worst_block: number | null; worst_uid: number | null };
}

/** Keeps count of what had to be measured, for the manifest. */
export class ResidualLedger {
  readonly #quarantined = new Map<string, QuarantineEntry>();
  readonly #sums = { rounding: 0n, unexplained: 0n };
  /** Each epoch, in order. */
  readonly epochs: EpochSum[] = [];
  readonly residuals: Residuals = {
    rounding: { rows: 0, rao: "0", worst_rao: 0 },
    unexplained: { rows: 0, rao: "0", worst_rao: 0 },
    pay_check: { miners: 0, worst_rao: 0, worst_block: null, worst_uid: null },
  };

  /** By subnet and cause. */
  get quarantined(): QuarantineEntry[] {
    return [...this.#quarantined.values()].sort(
      (a, b) => a.netuid - b.netuid || STAKE_CAUSES.indexOf(a.cause) - STAKE_CAUSES.indexOf(b.cause),
    );
  }

  note({ at, action, position, amountRao, cause, shareRao }: StakeRow): void {
    if (cause === "event") return;
    if (cause === "rounding" || cause === "unexplained") {
      const figures = this.residuals[cause];
      this.#sums[cause] += BigInt(amountRao);
      figures.rows += 1;
      figures.rao = this.#sums[cause].toString();
      figures.worst_rao = Math.max(figures.worst_rao, amountRao);
    }
    if (shareRao !== undefined) this.#noteShares(amountRao, shareRao);
    if (cause === "rounding") return;
    const key = `${position.netuid}/${cause}`;
    let entry = this.#quarantined.get(key);
    if (entry === undefined) {
      entry = { netuid: position.netuid, cause, rows: 0, inflow_rao: "0", outflow_rao: "0", blocks: [] };
      this.#quarantined.set(key, entry);
    }
    entry.rows += 1;
    const side = action === "added" ? "inflow_rao" : "outflow_rao";
    entry[side] = (BigInt(entry[side]) + BigInt(amountRao)).toString();
    if (entry.blocks.at(-1) !== at.block) entry.blocks.push(at.block);
  }

  #noteShares(amountRao: number, shareRao: number): void {
    const { rounding } = this.residuals;
    rounding.by_shares ??= { rows: 0, rao: "0", worst_rao: 0, largest_share_rao: 0 };
    const figures = rounding.by_shares;
    figures.rows += 1;
    figures.rao = (BigInt(figures.rao) + BigInt(amountRao)).toString();
    figures.worst_rao = Math.max(figures.worst_rao, amountRao);
    figures.largest_share_rao = Math.max(figures.largest_share_rao, shareRao);
  }

  noteEpoch(sum: EpochSum): void {
    this.epochs.push(sum);
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
