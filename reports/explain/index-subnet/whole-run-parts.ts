import type { OpenRun } from "../../../recorders/index.js";
import type { ParticipantRow, PayoutRow } from "../../index-subnet/index-rows.js";
import { readTableRows } from "../../reading/table-rows.js";
import { multiplierEffect, type RunRules } from "../../rules.js";
import { byOwnFactor, type PayParts } from "../whole-run/pay-parts.js";
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
    if (payout === undefined) parts.add("base_weight", NOT_RECORDED, BigInt(columns.paidRao[epoch]));
    else if (byList) takeListed(listed, parts, epoch, payout);
    else takeMultiplied(columns, parts, epoch, payout);
  }
}

const NOT_RECORDED = "of base pool and tier together: not recorded (record.tables: payouts)";
const TIER = "its part of its tier's bonus";
const CAP = "what max_top10_share takes, or gives";

function takeMultiplied(columns: RunColumns, parts: PayParts, epoch: number, payout: PayoutRow): void {
  const { base, factor, baseSum, weightSum } = columns;
  const entitled = payout.base_rao + payout.tier_bonus_rao;
  parts.add("base_pool", "its part of the base pool", BigInt(payout.base_rao));
  parts.add("tier_bonus", TIER, BigInt(payout.tier_bonus_rao));
  const share = baseSum[epoch] > 0 ? base[epoch] / baseSum[epoch] : 0;
  const own = factor[epoch] === 1 ? entitled : Math.floor(baseSum[epoch] * byOwnFactor(share, factor[epoch]));
  const isMoved = weightSum[epoch] !== baseSum[epoch] && weightSum[epoch] > 0;
  const all = isMoved ? Math.floor(baseSum[epoch] * ((base[epoch] * factor[epoch]) / weightSum[epoch])) : entitled;
  parts.add("multiplier", "its own multiplier, were others without", BigInt(own - entitled));
  parts.add("others.multiplier", "multipliers of the others, which share the same pot", BigInt(all - own));
  const rest = payout.paid_rao - all;
  if (Math.abs(rest) <= 1) parts.add("rounding", "whole rao by largest remainders", BigInt(rest));
  else parts.add("cap", CAP, BigInt(rest));
}

function takeListed(columns: Columns, parts: PayParts, epoch: number, payout: PayoutRow): void {
  parts.take(columns, epoch);
  parts.add("tier_bonus", TIER, BigInt(payout.tier_bonus_rao));
  parts.add("cap", CAP, BigInt(payout.paid_rao - payout.base_rao - payout.tier_bonus_rao));
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
