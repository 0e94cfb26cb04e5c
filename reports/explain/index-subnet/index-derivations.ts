import type { ParticipantRow, PayoutRow } from "../../index-subnet/index-rows.js";
import { multiplierEffect } from "../../rules.js";
import { chainOf } from "../../stage-chain.js";
import type { Derivation } from "../derivation.js";
import type { EpochTables } from "../epoch-tables.js";
import { addHoldings, addMultiplier } from "../holding-steps.js";
import { addPot } from "../pay-steps.js";
import { addPotPart } from "../pot-steps.js";
import { type SharedPot, sharedPot } from "../shared-pot.js";
import { StepList } from "../step-list.js";
import { rowInForce } from "../told/row-in-force.js";
import { addWeights } from "../weight-steps.js";
import { type Entitlement, entitlementOf } from "./entitlement.js";
import { emissionOf, type IndexTables, readIndexTables } from "./index-tables.js";
import { addScore } from "./score-steps.js";
import { addEntitled, addPools } from "./tier-steps.js";
import { addValidatorPay, type ValidatorPot, validatorPot } from "./validator-steps.js";

interface Known {
  readonly index: IndexTables;
  readonly participants: readonly ParticipantRow[];
  readonly entitlement: Entitlement | null;
  readonly pot: SharedPot;
  readonly validators: ValidatorPot;
  readonly byList: boolean;
}

/**
 * Of participants, then validators, of an index subnet in an epoch.
 * @param position left out: of all
 */
export async function indexDerivations(tables: EpochTables, position?: number): Promise<readonly Derivation[]> {
  const index = await readIndexTables(tables);
  const { rules } = tables;
  const participants = index.members.filter(({ kind }) => kind === "participant");
  const byList = rules.stages !== null && multiplierEffect(rules) === "applied";
  const emissionRao = emissionOf(index);
  const entitlement =
    emissionRao === null || index.scores === null ? null : entitlementOf(emissionRao, index.rewards, participants, index.scores, byList);
  const validators = await validatorPot(tables, index.members, index.payouts, entitlement?.validatorPoolRao ?? null);
  const pot = potOfIndex(tables, participants, entitlement, byList, index);
  const known = { index, participants, entitlement, byList, pot, validators };
  return index.members
    .filter((member) => position === undefined || member.position === position)
    .map((member) => (member.kind === "validator" ? deriveValidator(known, member) : derive(known, member)));
}

/** What multipliers, or a list of stages, share: all that participants are entitled to, or the base pool beside what tiers gave. */
function potOfIndex(
  tables: EpochTables,
  participants: readonly ParticipantRow[],
  entitlement: Entitlement | null,
  byList: boolean,
  { payouts, rewards }: IndexTables,
): SharedPot {
  const paid = payoutsOf(payouts);
  const entitled = participants.map(({ position }) => BigInt(tables.pay?.get(position)?.recorded_rao ?? 0));
  // The cap comes after the pot is shared.
  const before =
    rewards.maxTop10Share === null ? participants.map(({ participant }) => BigInt(paid.get(participant)?.paid_rao ?? 0)) : null;
  if (!byList)
    return sharedPot(
      tables,
      null,
      before,
      entitled.reduce((sum, rao) => sum + rao, 0n),
    );
  if (entitlement === null) return sharedPot(tables, null, before, null);
  const baseRao = entitlement.basePoolRao + entitlement.movedToBaseRao;
  const base = participants.map(({ participant }) => BigInt(paid.get(participant)?.base_rao ?? 0));
  return sharedPot(tables, null, base, baseRao);
}

function payoutsOf(payouts: readonly PayoutRow[] | null): ReadonlyMap<number, PayoutRow> {
  return new Map((payouts ?? []).filter(({ participant }) => participant >= 0).map((row) => [row.participant, row]));
}

function derive(known: Known, member: ParticipantRow): Derivation {
  const { index, participants, entitlement, pot, byList } = known;
  const { tables, rewards, scores, payouts } = index;
  const { rules, epoch, isLast, run, holdings, weights, pay, positions } = tables;
  const { position, participant } = member;
  const who = positions.get(position);
  const list = new StepList(tables.rules.stagesStated, rowInForce(tables, { netuid: epoch.netuid, hotkey: member.hotkey }));
  const payout = payoutsOf(payouts).get(participant);
  const score = scores?.get(participant);
  const emission = emissionOf(index);
  if (score !== undefined && scores !== null) addScore(list, rewards, score, scores.values());
  else list.add("score.final", null, { words: "not recorded (record.tables: scores)" });
  addPools(list, rewards, emission, entitlement);
  const k = participants.indexOf(member);
  addEntitled(list, { rewards, entitlement, score, payout, k, byList });
  const row = weights?.get(position);
  const holding = holdings?.get(position) ?? null;
  const isRuled = rules.index?.vestingMultipliers === true || rules.stages !== null;
  if (isRuled && who !== undefined) {
    addHoldings(list, tables, who);
    if (holding !== null) addMultiplier(list, tables, holding);
  }
  const chain =
    rules.stages === null ? null : chainOf(run, rules, tables.stages, { epoch, isLast, position, holding, weight: row ?? null });
  if (isRuled) {
    addWeights(list, { rules, row, pay: pay?.get(position), pot, chain, baseSum: baseSumOf(tables) });
    addPot(list, tables, pot);
  }
  addPaid(list, known, payout, position, isRuled);
  const { hotkey, coldkey } = member;
  return { position, hotkey, coldkey, netuid: epoch.netuid, epoch: epoch.epoch, steps: list.steps };
}

/** From the share to the rao, beside what tiers gave, and the cap. */
function addPaid(list: StepList, { pot, byList, index }: Known, payout: PayoutRow | undefined, position: number, isRuled: boolean): void {
  const place = pot.placeOf.get(position);
  let shared = "pay.entitled";
  if (isRuled && pot.division !== null && place !== undefined) {
    shared = byList ? "base.part" : "pay.shared";
    const words = byList ? "of the base pool, by the list of stages" : "of what participants are entitled to, by their multipliers";
    const part = list.has(shared) ? "base.shared" : shared;
    addPotPart(list, pot.division, place, { prefix: "pay", share: "weight.final", pot: "pot.miners", part, words });
    shared = part;
  }
  const { maxTop10Share } = index.rewards;
  if (maxTop10Share !== null) {
    list.add("parameter.max_top10_share", maxTop10Share, { unit: "0..1", words: "the most that the ten best paid get together" });
  }
  const cap = maxTop10Share === null ? "" : "; max_top10_share then lowers the ten best paid, and lifts others";
  const paid = payout?.paid_rao ?? null;
  const unknown = isRuled && pot.kind === "shared" && pot.division === null && pot.lacks !== "" ? `; ${pot.lacks}` : "";
  const words =
    paid === null
      ? "not recorded (record.tables: payouts)"
      : byList
        ? `base part + tier bonus${cap}${unknown}`
        : `as entitled${isRuled ? ", shared by multipliers" : ""}${cap}${unknown}`;
  list.add("pay.paid", paid, { unit: "rao", from: [shared, ...(byList ? ["tier.bonus"] : []), "parameter.max_top10_share"], words });
}

function deriveValidator({ index, entitlement, validators }: Known, member: ParticipantRow): Derivation {
  const { tables, rewards, payouts } = index;
  const { position, hotkey, coldkey, participant } = member;
  const list = new StepList(tables.rules.stagesStated);
  addPools(list, rewards, emissionOf(index), entitlement);
  addValidatorPay(list, validators, member, payoutsOf(payouts).get(participant)?.paid_rao ?? null);
  return { position, hotkey, coldkey, netuid: tables.epoch.netuid, epoch: tables.epoch.epoch, steps: list.madeOf("pay.paid") };
}

function baseSumOf({ weights }: EpochTables): number {
  let sum = 0;
  for (const { base_weight } of weights?.values() ?? []) sum += base_weight;
  return sum;
}
