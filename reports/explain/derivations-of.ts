import type { OpenRun } from "../../recorders/index.js";
import type { PositionRow } from "../reading/positions.js";
import { indexNetuidOf } from "../rules.js";
import { chainOf } from "../stage-chain.js";
import type { Derivation } from "./derivation.js";
import { type EpochTables, readEpochTables } from "./epoch-tables.js";
import { addHoldings, addMultiplier } from "./holding-steps.js";
import { indexDerivations } from "./index-subnet/index-derivations.js";
import { addPay, addPot } from "./pay-steps.js";
import { type SharedPot, sharedPot } from "./shared-pot.js";
import { StepList } from "./step-list.js";
import { rowInForce } from "./told/row-in-force.js";
import { addRecordedPay, addWeights } from "./weight-steps.js";
import { addYuma } from "./yuma/yuma-steps.js";

/**
 * The derivation of what every miner of an epoch was paid, in the order of uids: of participants, then validators, on an index
 * subnet. Each table of the run is read once.
 * @param epoch left out: the subnet's last one
 * @returns none where the subnet has no epoch, or nobody was paid as a miner
 * @throws TenureError `TEN-REPORT-003` no such epoch, `-005` the run did not record it
 */
export async function derivationsOf(run: OpenRun, netuid: number, epoch?: number): Promise<readonly Derivation[]> {
  const tables = await readEpochTables(run, netuid, epoch);
  if (tables === null) return [];
  if (netuid === indexNetuidOf(run)) return indexDerivations(tables);
  const pot = sharedPot(tables);
  return minersOf(tables).map((position) => derive(tables, pot, position));
}

/** Of one position, whether it was paid in the epoch or only held; null where the subnet has no epoch. */
export async function derivationOf(
  run: OpenRun,
  { position, netuid }: Pick<PositionRow, "position" | "netuid">,
  epoch?: number,
): Promise<Derivation | null> {
  const tables = await readEpochTables(run, netuid, epoch);
  if (tables === null) return null;
  if (netuid === indexNetuidOf(run)) return (await indexDerivations(tables, position))[0] ?? null;
  const who = tables.positions.get(position);
  return who === undefined ? null : derive(tables, sharedPot(tables), who);
}

function minersOf({ weights, pay, positions }: EpochTables): readonly PositionRow[] {
  const ids =
    weights !== null
      ? [...weights.keys()]
      : [...(pay ?? new Map())].flatMap(([id, { paid_rao, recorded_rao }]) => (paid_rao + recorded_rao > 0 ? [id] : []));
  return ids.flatMap((id) => positions.get(id) ?? []);
}

function derive(tables: EpochTables, pot: SharedPot, who: PositionRow): Derivation {
  const { rules, epoch, isLast, run, holdings, weights, pay } = tables;
  const { position, hotkey, coldkey, netuid } = who;
  const list = new StepList(rules.stagesStated, rowInForce(tables, who));
  const holding = holdings?.get(position) ?? null;
  const row = weights?.get(position);
  const paid = pay?.get(position);
  addHoldings(list, tables, who);
  if (holding !== null) addMultiplier(list, tables, holding);
  addRecordedPay(list, rules, paid);
  if (tables.yuma !== null) addYuma(list, tables.yuma, hotkey);
  const chain =
    rules.stages === null ? null : chainOf(run, rules, tables.stages, { epoch, isLast, position, holding, weight: row ?? null });
  addWeights(list, { rules, row, pay: paid, pot, chain, baseSum: baseSumOf(tables) });
  addPot(list, tables, pot);
  if (paid !== undefined && paid.other_rao > 0) {
    list.add("pay.other_roles", paid.other_rao, {
      unit: "rao",
      words: `paid beside it ${who.role === "miner" ? "in other roles" : `as ${who.role === "owner" ? "the" : "a"} ${who.role}`}, which no rule changes`,
    });
  }
  addPay(list, tables, pot, position);
  return { position, hotkey, coldkey, netuid, epoch: epoch.epoch, steps: list.steps };
}

function baseSumOf({ weights }: EpochTables): number {
  let sum = 0;
  for (const { base_weight } of weights?.values() ?? []) sum += base_weight;
  return sum;
}
