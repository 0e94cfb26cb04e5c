import type { OrderOutcome } from "../../agents/participants/order.js";
import type { FlagEvidence } from "../../anti-gaming/flags.js";
import type { Outputs } from "../../books/outputs.js";
import type { SlashRow } from "../../consensus/rows.js";
import type { Verdict } from "../../consensus/tribunal.js";
import type { Trade } from "../../market/token-market.js";
import type { Fairness } from "../../metrics/fairness/fairness.js";
import type { FAIRNESS_SCOPES } from "../../tables/index-results.js";
import type { FlagPolicyName } from "../../tables/vocabularies/flags.js";

/** Of an order that was refused. */
const NOTHING_TRADED = {
  valueRao: 0,
  fundFeeRao: 0,
  marketFeeRao: 0,
  taoChangeRao: 0,
  tokensChangeRao: 0,
  profitRao: 0,
  navTao: 0,
  priceBeforeTao: 0,
  priceAfterTao: 0,
};

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
    const what = { timeMs, epoch, participant, kind: order.side, reason: order.reason };
    if (!outcome.done) {
      table.write({ ...NOTHING_TRADED, ...what, refusal: outcome.cause, tokensRao: order.tokensRao });
      return;
    }
    const { trade } = outcome;
    table.write({
      ...what,
      refusal: "none",
      tokensRao: outcome.tokensRao,
      valueRao: outcome.valueRao,
      fundFeeRao: outcome.feeRao,
      marketFeeRao: trade?.feeRao ?? 0,
      taoChangeRao: outcome.taoChangeRao,
      tokensChangeRao: outcome.tokensChangeRao,
      profitRao: outcome.profitRao,
      navTao: outcome.navTaoPerToken,
      priceBeforeTao: trade?.priceBeforeTao ?? 0,
      priceAfterTao: trade?.priceAfterTao ?? 0,
    });
  }

  noise(epoch: number, timeMs: number, trader: number, trade: Trade, navTao: number): void {
    const { side, paidRao, receivedRao, feeRao, priceBeforeTao, priceAfterTao } = trade;
    const buys = side === "buy";
    this.#tables.trades?.write({
      timeMs,
      epoch,
      participant: trader,
      kind: side,
      reason: "noise",
      refusal: "none",
      tokensRao: buys ? receivedRao : paidRao,
      valueRao: buys ? paidRao : receivedRao,
      fundFeeRao: 0,
      marketFeeRao: feeRao,
      taoChangeRao: buys ? -paidRao : receivedRao,
      tokensChangeRao: buys ? receivedRao : -paidRao,
      profitRao: 0,
      navTao,
      priceBeforeTao,
      priceAfterTao,
    });
  }

  flags(epoch: number, timeMs: number, flags: readonly FlagEvidence[], policyOf: (flag: FlagEvidence) => FlagPolicyName): void {
    for (const flag of flags) {
      const { kind, subject, count, amountRao, fromMs, toMs, otherParty } = flag;
      const what = { epoch, timeMs, participant: subject, kind, policy: policyOf(flag) };
      this.#tables.flags?.write({ ...what, count, amountRao, fromMs, toMs, otherParty });
    }
  }

  verdict({ consensusRow, submissionRows, slashRows, validatorRows }: Verdict, epoch: number): void {
    const { submissions, consensus, validators } = this.#tables;
    const member = <R extends { readonly validator: number }>(row: R) => ({
      ...row,
      epoch,
      validator: this.firstValidator + row.validator,
    });
    for (const row of submissionRows) submissions?.write(member(row));
    consensus?.write({ ...consensusRow, epoch });
    this.slashes(slashRows);
    for (const row of validatorRows) validators?.write(member(row));
  }

  slashes(rows: readonly SlashRow[]): void {
    for (const row of rows) this.#tables.slashes?.write({ ...row, validator: this.firstValidator + row.validator });
  }

  fairness(epoch: number, timeMs: number, scope: (typeof FAIRNESS_SCOPES)[number], fairness: Fairness, totalRao: string): void {
    const { count, lorenz, gini, theil, herfindahl, nakamoto, top1Share, top10Share, scorePayCorrelation } = fairness;
    this.#tables.fairness?.write({
      epoch,
      timeMs,
      scope,
      members: count,
      totalRao,
      gini,
      theil,
      herfindahl,
      nakamoto,
      top1Share,
      top10Share,
      scorePayCorrelation,
      lorenz10: lorenz[1],
      lorenz20: lorenz[2],
      lorenz30: lorenz[3],
      lorenz40: lorenz[4],
      lorenz50: lorenz[5],
      lorenz60: lorenz[6],
      lorenz70: lorenz[7],
      lorenz80: lorenz[8],
      lorenz90: lorenz[9],
    });
  }
}
