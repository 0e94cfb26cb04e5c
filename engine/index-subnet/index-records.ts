import type { OrderOutcome } from "../agents/order.js";
import { FLAG_POLICIES, type FlagPolicyName } from "../anti-gaming/configuration.js";
import { FLAG_KINDS, type FlagEvidence } from "../anti-gaming/flags.js";
import { SEVERITIES, SLASH_DESTINATIONS } from "../consensus/configuration.js";
import { ATTESTED_OPERATIONS } from "../consensus/nav-attestation.js";
import { NO_CONSENSUS_CAUSES } from "../consensus/reach-consensus.js";
import type { SlashRow } from "../consensus/rows.js";
import { SLASH_CAUSES } from "../consensus/severity.js";
import { SLASH_STATES } from "../consensus/slashing.js";
import { STATUSES } from "../consensus/status.js";
import { STANDINGS } from "../consensus/submission.js";
import type { Verdict } from "../consensus/tribunal.js";
import type { Trade } from "../market/token-market.js";
import type { Outputs } from "../outputs.js";
import type { Fairness } from "../rewards/fairness/fairness.js";
import { FAIRNESS_SCOPES, TRADE_KINDS, TRADE_REASONS, TRADE_REFUSALS } from "../tables/index-results.js";

const OPERATIONS: readonly string[] = ["none", ...ATTESTED_OPERATIONS];
const CAUSES: readonly string[] = ["none", ...NO_CONSENSUS_CAUSES];
const REFUSALS: readonly string[] = TRADE_REFUSALS;
const NOISE = TRADE_REASONS.indexOf("noise");
const MINT = TRADE_KINDS.indexOf("mint");
const REDEEM = TRADE_KINDS.indexOf("redeem");

/** Writes down what happened, as rows of the index tables. Validators are numbered behind the participants. */
export class IndexRecords {
  readonly #tables: Outputs["tables"];

  constructor(
    outputs: Outputs,
    private readonly firstValidator: number,
  ) {
    this.#tables = outputs.tables;
  }

  order(epoch: number, participant: number, outcome: OrderOutcome): void {
    const table = this.#tables.trades;
    if (table === null) return;
    const { order, timeMs } = outcome;
    const kind = order.side === "mint" ? MINT : REDEEM;
    const reason = TRADE_REASONS.indexOf(order.reason);
    if (!outcome.done) {
      const refusal = REFUSALS.indexOf(outcome.cause);
      table.push(timeMs, epoch, participant, kind, reason, refusal, order.tokensRao, 0, 0, 0, 0, 0, 0, 0, 0, 0);
      return;
    }
    const { trade } = outcome;
    table.push(
      timeMs,
      epoch,
      participant,
      kind,
      reason,
      0,
      outcome.tokensRao,
      outcome.valueRao,
      outcome.feeRao,
      trade?.feeRao ?? 0,
      outcome.taoChangeRao,
      outcome.tokensChangeRao,
      outcome.profitRao,
      outcome.navTaoPerToken,
      trade?.priceBeforeTao ?? 0,
      trade?.priceAfterTao ?? 0,
    );
  }

  noise(epoch: number, timeMs: number, trader: number, trade: Trade, navTao: number): void {
    const table = this.#tables.trades;
    if (table === null) return;
    const { side, paidRao, receivedRao, feeRao, priceBeforeTao, priceAfterTao } = trade;
    const buys = side === "buy";
    table.push(
      timeMs,
      epoch,
      trader,
      TRADE_KINDS.indexOf(side),
      NOISE,
      0,
      buys ? receivedRao : paidRao,
      buys ? paidRao : receivedRao,
      0,
      feeRao,
      buys ? -paidRao : receivedRao,
      buys ? receivedRao : -paidRao,
      0,
      navTao,
      priceBeforeTao,
      priceAfterTao,
    );
  }

  flags(epoch: number, timeMs: number, flags: readonly FlagEvidence[], policyOf: (flag: FlagEvidence) => FlagPolicyName): void {
    const table = this.#tables.flags;
    if (table === null) return;
    for (const flag of flags) {
      const { kind, subject, count, amountRao, fromMs, toMs, otherParty } = flag;
      const policy = FLAG_POLICIES.indexOf(policyOf(flag));
      table.push(epoch, timeMs, subject, FLAG_KINDS.indexOf(kind), policy, count, amountRao, fromMs, toMs, otherParty);
    }
  }

  verdict({ consensusRow, submissionRows, slashRows, validatorRows }: Verdict, epoch: number): void {
    const { submissions, consensus, validators } = this.#tables;
    for (const row of submissionRows) {
      submissions?.push(
        epoch,
        row.timeMs,
        this.firstValidator + row.validator,
        STANDINGS.indexOf(row.standing),
        row.stakeRao,
        row.judged ? 1 : 0,
        row.deviation,
        SEVERITIES.indexOf(row.severity),
        row.attestedBlock,
        row.attestedNavRao,
        OPERATIONS.indexOf(row.operation),
        row.navError,
        row.falsified ? 1 : 0,
      );
    }
    const { timeMs, reached, cause, submittingShare, agreeingShare, judged, deviations, slashes } = consensusRow;
    const counted = consensusRow.submissions;
    const why = CAUSES.indexOf(cause);
    consensus?.push(epoch, timeMs, reached ? 1 : 0, why, counted, submittingShare, agreeingShare, judged, deviations, slashes);
    this.slashes(slashRows);
    for (const row of validatorRows) {
      validators?.push(
        epoch,
        row.timeMs,
        this.firstValidator + row.validator,
        STATUSES.indexOf(row.status),
        row.stakeRao,
        row.heldRao,
        row.slashedRao,
        row.meetsRequirement ? 1 : 0,
        row.cleanEpochs,
        row.submissions,
        row.agreeing,
        row.deviations,
        row.slashes,
        row.accuracy,
        row.consistency,
        row.reliability,
        row.overall,
      );
    }
  }

  slashes(rows: readonly SlashRow[]): void {
    for (const row of rows) {
      this.#tables.slashes?.push(
        row.slash,
        row.epoch,
        row.timeMs,
        this.firstValidator + row.validator,
        SEVERITIES.indexOf(row.severity),
        SLASH_CAUSES.indexOf(row.cause),
        row.deviation,
        row.deviations,
        row.rate,
        row.availableRao,
        row.amountRao,
        row.takenRao,
        SLASH_DESTINATIONS.indexOf(row.destination),
        SLASH_STATES.indexOf(row.state),
        row.dueMs,
        row.settledMs,
      );
    }
  }

  fairness(epoch: number, timeMs: number, scope: (typeof FAIRNESS_SCOPES)[number], fairness: Fairness, totalRao: string): void {
    const { count, gini, theil, herfindahl, nakamoto, top1Share, top10Share, scorePayCorrelation, lorenz } = fairness;
    this.#tables.fairness?.push(
      epoch,
      timeMs,
      FAIRNESS_SCOPES.indexOf(scope),
      count,
      totalRao,
      gini,
      theil,
      herfindahl,
      nakamoto,
      top1Share,
      top10Share,
      scorePayCorrelation,
      ...lorenz.subarray(1, 10),
    );
  }
}
