import { statedDecimal } from "../format/stated-decimal.js";
import type { EpochPay, EpochTables } from "./epoch-tables.js";
import { addPotPart } from "./pot-steps.js";
import type { SharedPot } from "./shared-pot.js";
import type { StepList } from "./step-list.js";

/** The pot of an epoch, and what of it goes to no miner. */
export function addPot(list: StepList, { epoch, stages }: EpochTables, { potRao, lacks }: SharedPot): void {
  const missing = lacks === "" ? "not recorded (record.tables: rewards)" : lacks;
  const words = potRao === null ? missing : "what the miners of the epoch share, rao that go elsewhere included";
  list.add("pot.miners", potRao, { unit: "rao", words });
  if (epoch.outside_rao > 0)
    list.add("pot.outside", epoch.outside_rao, { unit: "rao", from: ["pot.miners"], words: "what `outside` gets of it" });
  for (const { goes_to, share, amount_rao } of stages.residuals ?? []) {
    list.add(`pot.${goes_to}`, amount_rao, {
      unit: "rao",
      from: ["pot.miners"],
      words: `what ${goes_to} gets of it, a share of ${statedDecimal(share)}`,
    });
  }
  if (epoch.unallocated_rao > 0) {
    list.add("pot.unallocated", epoch.unallocated_rao, { unit: "rao", from: ["pot.miners"], words: "what nobody could be given" });
  }
}

/** From the share to the rao that were paid. */
export function addPay(list: StepList, { rules, pay: recorded }: EpochTables, pot: SharedPot, position: number): void {
  const pay = recorded?.get(position);
  const place = pot.placeOf.get(position);
  const paid = pay?.paid_rao ?? null;
  const awarded = rules.schedules === null ? "" : "; it comes in instalments (vesting schedules)";
  if (pot.kind === "as_recorded" && pay !== undefined) {
    const why =
      rules.emission.mode === "replay" ? "pay is replayed as recorded" : "no multiplier moves anything in this epoch: paid as recorded";
    list.add("pay.paid", paid, { unit: "rao", from: ["recorded.pay", "pay.entitled"], words: `${why}${awarded}` });
    return;
  }
  if (pot.division !== null && place !== undefined) {
    const words = `paid in the epoch: floor + rounding${awarded}`;
    addPotPart(list, pot.division, place, { prefix: "pay", share: "weight.final", pot: "pot.miners", part: "pay.paid", words });
    return;
  }
  list.add("pay.paid", paid, {
    unit: "rao",
    from: ["weight.final", "pot.miners"],
    words: `${paidWords(pot, recorded, pay, place)}${pay === undefined ? "" : awarded}`,
  });
}

function paidWords({ lacks }: SharedPot, recorded: EpochTables["pay"], pay: EpochPay | undefined, place: number | undefined): string {
  if (recorded === null) return "not recorded (record.tables: rewards)";
  if (pay === undefined) return "not paid as a miner in this epoch";
  if (place === undefined) return "not recorded by which weight (record.tables: weights)";
  return lacks === "" ? "paid in the epoch" : `paid in the epoch; ${lacks}`;
}
