import type { OpenRun } from "../../../recorders/index.js";
import type { ParticipantRow, PayoutRow } from "../../index-subnet/index-rows.js";
import { readTableRows } from "../../reading/table-rows.js";
import { multiplierEffect, type RunRules } from "../../rules.js";
import { exactRao, exactShare } from "../whole-run/exact-amounts.js";
import { byOwnFactor, type PayParts, ROUNDING } from "../whole-run/pay-parts.js";
import type { RunColumns } from "../whole-run/run-columns.js";

/** Takes the epochs of an index subnet: base pool and tier bonus, multipliers or stages, and the cap. */
export async function takeIndexEpochs(
  run: OpenRun,
  columns: RunColumns,
  parts: PayParts,
  rules: RunRules,
  position: number,
): Promise<void> {
  const [member] = await readTableRows<ParticipantRow>(run, "participants", { position });
  const payouts = run.tables.includes("payouts") ? await readTableRows<PayoutRow>(run, "payouts", { participant: member.participant }) : [];
  const byEpoch = new Map(payouts.map((row) => [row.epoch, row]));
  const byList = rules.stages !== null && multiplierEffect(rules) === "applied";
  const listed = byList ? await ofBasePool(run, columns, byEpoch) : columns;
  for (const { epoch } of columns.epochs) {
    const payout = byEpoch.get(epoch);
    if (payout !== undefined) columns.paidRao[epoch] = payout.paid_rao;
    if (payout === undefined) parts.add("base_weight", NOT_RECORDED, columns.paidRao[epoch]);
    else if (byList) takeListed(listed, parts, epoch, payout);
    else takeMultiplied(columns, parts, epoch, payout);
  }
}

const NOT_RECORDED = "of base pool and tier together: not recorded (record.tables: payouts)";
const TIER = "its part of its tier's bonus";
/** Largest remainders give less than a rao; what the doubles of shares cut off is far less than another. */
const MOST_ROUNDED = exactRao(2);
const CAP = "what max_top10_share takes, or gives";

function takeMultiplied(columns: RunColumns, parts: PayParts, epoch: number, payout: PayoutRow): void {
  const { base, factor, baseSum, weightSum } = columns;
  const entitled = exactRao(payout.base_rao + payout.tier_bonus_rao);
  parts.add("base_pool", "its part of the base pool", payout.base_rao);
  parts.add("tier_bonus", TIER, payout.tier_bonus_rao);
  const share = baseSum[epoch] > 0 ? base[epoch] / baseSum[epoch] : 0;
  const pool = BigInt(Math.round(baseSum[epoch]));
  const own = factor[epoch] === 1 ? entitled : pool * exactShare(byOwnFactor(share, factor[epoch]));
  const isMoved = weightSum[epoch] !== baseSum[epoch] && weightSum[epoch] > 0;
  const all = isMoved ? pool * exactShare((base[epoch] * factor[epoch]) / weightSum[epoch]) : entitled;
  parts.addExact("multiplier", "its own multiplier, were others without", own - entitled);
  parts.addExact("others.multiplier", "multipliers of the others, which share the same pot", all - own);
  const rest = exactRao(payout.paid_rao) - all;
  if (rest <= MOST_ROUNDED && rest >= -MOST_ROUNDED) parts.addExact("rounding", ROUNDING, rest);
  else parts.addExact("cap", CAP, rest);
}

function takeListed(columns: Columns, parts: PayParts, epoch: number, payout: PayoutRow): void {
  parts.take(columns, epoch);
  parts.add("tier_bonus", TIER, payout.tier_bonus_rao);
  parts.add("cap", CAP, payout.paid_rao - payout.base_rao - payout.tier_bonus_rao);
}

type Columns = Parameters<PayParts["take"]>[0];

/** The base pool as the pot, and what the miner got of it as its pay. */
async function ofBasePool(run: OpenRun, columns: RunColumns, own: ReadonlyMap<number, PayoutRow>): Promise<Columns> {
  const potRao = new Float64Array(columns.potRao.length);
  for (const { epoch, kind, base_rao } of await readTableRows<PayoutRow>(run, "payouts")) if (kind === "miner") potRao[epoch] += base_rao;
  if (run.tables.includes("residuals")) {
    const [first] = columns.epochs;
    const rows = await readTableRows<{ readonly epoch: number; readonly amount_rao: number }>(run, "residuals", {
      netuid: first?.netuid ?? -1,
    });
    for (const { epoch, amount_rao } of rows) potRao[epoch] += amount_rao;
  }
  const paidRao = columns.paidRao.map((_, epoch) => own.get(epoch)?.base_rao ?? 0);
  const { weighed, base, factor, final, gain, baseSum, weightSum, stages } = columns;
  return { weighed, base, factor, final, gain, baseSum, weightSum, stages, potRao, paidRao };
}
