import type { TableSource } from "../reading/columns.js";
import { type EpochRow, readEpochs } from "../reading/epochs.js";
import { readTableRows } from "../reading/table-rows.js";
import type { ParticipantRow, PayoutRow, ScoreRow, SubmissionRow, ValidatorRow } from "./index-rows.js";

/** A participant as it was ranked in an epoch. */
export interface RankedParticipant {
  readonly participant: ParticipantRow;
  readonly score: ScoreRow | null;
  readonly payout: PayoutRow | null;
}

/** A validator after an epoch, and what it handed in for it. */
export interface WatchingValidator {
  readonly validator: ParticipantRow;
  readonly standing: ValidatorRow | null;
  readonly submission: SubmissionRow | null;
}

/** An index subnet at the end of an epoch. */
export interface IndexOverview {
  readonly netuid: number;
  readonly epochs: number;
  /** Null: the run closed no epoch. */
  readonly epoch: EpochRow | null;
  /** By rank, then those who are not ranked by what they were paid in the whole run. */
  readonly participants: readonly RankedParticipant[];
  readonly validators: readonly WatchingValidator[];
}

/**
 * Reads who was ranked how in an epoch, and how the validators stood.
 * @throws TenureError `TEN-REPORT-003` for an epoch there is none of, `TEN-RESULT-009` for tables that were not recorded
 */
export async function indexOverview(run: TableSource, netuid: number, wantedEpoch?: number): Promise<IndexOverview> {
  const epochs = await readEpochs(run);
  const epoch = epochs.choose(netuid, wantedEpoch) ?? null;
  const at = { epoch: epoch?.epoch ?? -1 };
  const all = await readTableRows<ParticipantRow>(run, "participants");
  const scores = byNumber(await readTableRows<ScoreRow>(run, "scores", at), ({ participant }) => participant);
  const payouts = byNumber(await readTableRows<PayoutRow>(run, "payouts", at), ({ participant }) => participant);
  const standings = byNumber(await readTableRows<ValidatorRow>(run, "validators", at), ({ validator }) => validator);
  const submissions = byNumber(await readTableRows<SubmissionRow>(run, "submissions", at), ({ validator }) => validator);
  const participants = all
    .filter(({ kind }) => kind === "participant")
    .map((participant) => ({
      participant,
      score: scores.get(participant.participant) ?? null,
      payout: payouts.get(participant.participant) ?? null,
    }));
  return {
    netuid,
    epochs: epochs.of(netuid).length,
    epoch,
    participants: participants.sort(compareRanked),
    validators: all
      .filter(({ kind }) => kind === "validator")
      .map((validator) => ({
        validator,
        standing: standings.get(validator.participant) ?? null,
        submission: submissions.get(validator.participant) ?? null,
      })),
  };
}

function byNumber<Row>(rows: readonly Row[], numberOf: (row: Row) => number): ReadonlyMap<number, Row> {
  return new Map(rows.map((row) => [numberOf(row), row]));
}

function compareRanked(a: RankedParticipant, b: RankedParticipant): number {
  const rank = ({ score }: RankedParticipant) => (score === null || score.rank === 0 ? Number.MAX_SAFE_INTEGER : score.rank);
  return rank(a) - rank(b) || b.participant.paid_rao - a.participant.paid_rao || a.participant.participant - b.participant.participant;
}
