import { max } from "../kernel/math.js";
import type { Severity } from "../tables/vocabularies/consensus.js";
import { STATUSES, type Status } from "../tables/vocabularies/consensus.js";
import type { StatusRules } from "./configuration.js";

/** What a slash of each severity leads to. */
const AFTER: Readonly<Record<Exclude<Severity, "none">, Status>> = {
  minor: "warning",
  moderate: "warning",
  severe: "probation",
  critical: "suspended",
};

/** What a slash left behind, until clean epochs or an appeal take it away. */
interface Mark {
  readonly slash: number;
  status: Status;
  /** A suspension ends when the stake is back at this, rao; null: the slash is still held back, so nothing is missing yet. */
  restoredAtRao: number | null;
}

/**
 * Status of one validator (docs/explanation/consensus.md): the worst of its marks. One step better per so many clean epochs; a suspension
 * only ends by an appeal or by restored stake, and then in probation.
 */
export class ValidatorStatus {
  cleanEpochs = 0;
  private marks: Mark[] = [];
  private isShort = false;

  constructor(
    private readonly rules: StatusRules,
    private readonly minimumStakeRao: number,
  ) {}

  get status(): Status {
    return this.isShort ? "suspended" : worstOf(this.marks);
  }

  get isSuspended(): boolean {
    return this.status === "suspended";
  }

  /** A slash was decided. */
  slashed(slash: number, severity: Exclude<Severity, "none">): void {
    if (this.rules.afterSlash === "by_last_slash") this.marks = [];
    this.marks.push({ slash, status: AFTER[severity], restoredAtRao: null });
    this.cleanEpochs = 0;
  }

  /** A slash was taken from the stake, which was `stakeBeforeRao`. */
  taken(slash: number, stakeBeforeRao: number): void {
    for (const mark of this.marks) if (mark.slash === slash) mark.restoredAtRao = max(this.minimumStakeRao, stakeBeforeRao);
  }

  /** An appeal against a slash was upheld: it never happened. */
  acquitted(slash: number): void {
    this.marks = this.marks.filter((mark) => mark.slash !== slash);
  }

  /** Looks at the stake: too little suspends, and stake that is back ends a suspension. */
  seeStake(stakeRao: number): void {
    if (!this.rules.suspendsShortStake) return;
    if (stakeRao < this.minimumStakeRao) {
      if (!this.isShort) this.cleanEpochs = 0;
      this.isShort = true;
      return;
    }
    const wasSuspended = this.isSuspended;
    if (this.isShort) {
      this.isShort = false;
      this.marks.push({ slash: -1, status: "probation", restoredAtRao: null });
    }
    for (const mark of this.marks) {
      if (mark.status === "suspended" && mark.restoredAtRao !== null && stakeRao >= mark.restoredAtRao) mark.status = "probation";
    }
    if (wasSuspended && !this.isSuspended) this.cleanEpochs = 0;
  }

  /** A deviation starts the count of clean epochs anew. */
  deviated(): void {
    this.cleanEpochs = 0;
  }

  /** An epoch in which the validator was judged and agreed. */
  agreed(): void {
    this.cleanEpochs += 1;
    const { recoveryEpochs } = this.rules;
    if (recoveryEpochs === null || this.cleanEpochs < recoveryEpochs || this.isSuspended || this.status === "active") return;
    this.cleanEpochs = 0;
    const better = STATUSES[STATUSES.indexOf(this.status) - 1];
    if (better === "active") this.marks = [];
    else for (const mark of this.marks) if (STATUSES.indexOf(mark.status) > STATUSES.indexOf(better)) mark.status = better;
  }
}

function worstOf(marks: readonly Mark[]): Status {
  let worst = 0;
  for (const mark of marks) worst = max(worst, STATUSES.indexOf(mark.status));
  return STATUSES[worst];
}
