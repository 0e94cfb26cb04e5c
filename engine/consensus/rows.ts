import type {
  AttestedOperation,
  NoConsensusCause,
  Severity,
  SlashCause,
  SlashDestination,
  SlashState,
  Standing,
  Status,
} from "../tables/vocabularies/consensus.js";
import type { ConsensusResult } from "./reach-consensus.js";
import type { Slash } from "./slashing.js";

/** Table `submissions`: one row an epoch and validator. */
export interface SubmissionRow {
  readonly epoch: number;
  readonly timeMs: number;
  readonly validator: number;
  /** Whether it counts, or why not. */
  readonly standing: Standing;
  /** Stake it counts with, rao. */
  readonly stakeRao: number;
  /** Was it compared with a consensus? */
  readonly judged: boolean;
  /** 0..1; 0 where it was not judged. */
  readonly deviation: number;
  /** Of this deviation and attestation, before the rules that count. */
  readonly severity: Severity;
  /** Block its attestation names; -1 without one. */
  readonly attestedBlock: number;
  /** What it says a token is worth, rao; 0 without one. */
  readonly attestedNavRao: number;
  readonly operation: AttestedOperation | "none";
  /** Attested / true NAV of that block - 1; 0 where either is missing. */
  readonly navError: number;
  readonly falsified: boolean;
}

/** Table `consensus`: one row an epoch. */
export interface ConsensusRow {
  readonly epoch: number;
  readonly timeMs: number;
  readonly reached: boolean;
  /** Why there is none. */
  readonly cause: NoConsensusCause | "none";
  /** Submissions counted. */
  readonly submissions: number;
  /** 0..1. */
  readonly submittingShare: number;
  /** 0..1. */
  readonly agreeingShare: number;
  /** Validators judged in the epoch; 0 where there was nothing to judge by. */
  readonly judged: number;
  readonly deviations: number;
  /** Slashes decided. */
  readonly slashes: number;
}

/** Table `slashes`: one row a slash, in the epoch in which it was taken or overturned; held ones at the end of the run. */
export interface SlashRow {
  /** Number in the run. */
  readonly slash: number;
  /** Epoch of the offence. */
  readonly epoch: number;
  readonly timeMs: number;
  readonly validator: number;
  readonly severity: Severity;
  readonly cause: SlashCause;
  readonly deviation: number;
  /** Deviations in the window, this one included. */
  readonly deviations: number;
  /** Share of available stake. */
  readonly rate: number;
  readonly availableRao: number;
  readonly amountRao: number;
  readonly takenRao: number;
  readonly destination: SlashDestination;
  readonly state: SlashState;
  readonly dueMs: number;
  /** When it was taken or overturned; `dueMs` while held. */
  readonly settledMs: number;
}

/** Table `validators`: one row an epoch and validator, after the epoch. */
export interface ValidatorRow {
  readonly epoch: number;
  readonly timeMs: number;
  readonly validator: number;
  readonly status: Status;
  readonly stakeRao: number;
  /** Of it, held back for slashes that can be appealed against. */
  readonly heldRao: number;
  /** Taken so far. */
  readonly slashedRao: number;
  readonly meetsRequirement: boolean;
  readonly cleanEpochs: number;
  readonly submissions: number;
  readonly agreeing: number;
  readonly deviations: number;
  readonly slashes: number;
  readonly accuracy: number;
  readonly consistency: number;
  readonly reliability: number;
  readonly overall: number;
}

export function consensusRow(
  epoch: number,
  timeMs: number,
  { weights, cause, submissions, submittingShare, agreeingShare }: ConsensusResult,
  rows: readonly SubmissionRow[],
  slashes: number,
): ConsensusRow {
  return {
    epoch,
    timeMs,
    reached: weights !== null,
    cause: cause ?? "none",
    submissions,
    submittingShare,
    agreeingShare,
    judged: rows.filter(({ judged }) => judged).length,
    deviations: rows.filter(({ severity }) => severity !== "none").length,
    slashes,
  };
}

export function slashRow({ id, settledMs, ...slash }: Slash): SlashRow {
  return { slash: id, ...slash, settledMs: settledMs ?? slash.dueMs };
}
