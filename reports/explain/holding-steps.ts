import { ruleLabel } from "../../engine/index.js";
import { meetsMinimum } from "../measured-multiplier.js";
import { multiplierTerms } from "../multiplier-terms.js";
import { poolOf } from "../pool.js";
import type { HoldingRow } from "../reading/holdings.js";
import type { PositionRow } from "../reading/positions.js";
import type { RunRules } from "../rules.js";
import type { EpochTables } from "./epoch-tables.js";
import { addRuleTerms, ownParameters } from "./rule-terms.js";
import type { StepList } from "./step-list.js";

const MEASURED = { held_share: "holdings.held_share", held_days: "holdings.held_days" };

/** What the position held when the epoch ended, before its pay. */
export function addHoldings(list: StepList, tables: EpochTables, position: PositionRow): void {
  const { holdings, positions, rules } = tables;
  if (holdings === null) {
    list.add("holdings.received", null, { unit: "rao", words: "not recorded (record.tables: holdings)" });
    return;
  }
  const holding = holdings.get(position.position);
  if (holding === undefined) return;
  const { vesting } = rules;
  const pool = vesting.keyScope === "coldkey_even" ? poolOf(position, positions, holdings) : null;
  const [of, own] = pool === null ? ["", "holdings"] : [" of all positions of the coldkey", "pool"];
  list.add("holdings.stake", holding.stake_rao, { unit: "rao", words: `stake when the epoch ended, before its pay${of}` });
  const basis = vesting.retentionBasis === "emissions" ? "pay" : "stake of any source";
  const scope = vesting.retentionScope === "window" ? ` of the last ${vesting.retentionWindowDays} days` : "";
  list.add("holdings.received", holding.received_rao, { unit: "rao", words: `${basis} it received${scope}` });
  list.add("holdings.remaining", holding.remaining_rao, {
    unit: "rao",
    from: ["holdings.received"],
    words: "what is left of that in its tranches",
  });
  if (pool !== null) {
    const hotkeys = `${pool.positions.length} positions of the coldkey`;
    list.add("pool.received", pool.received_rao, { unit: "rao", from: ["holdings.received"], words: `received by the ${hotkeys}` });
    list.add("pool.remaining", pool.remaining_rao, { unit: "rao", from: ["holdings.remaining"], words: "what is left of that" });
  }
  list.add("holdings.held_share", holding.held_share, {
    unit: "0..1",
    from: [`${own}.remaining`, `${own}.received`],
    words: "remaining / received",
  });
  list.add("holdings.held_days", holding.held_days, {
    unit: "days",
    from: [`${own}.remaining`],
    words: "mean age of what remains, weighted by amount",
  });
}

/** What the rule of `vesting` made of it. */
export function addMultiplier(list: StepList, { rules }: EpochTables, holding: HoldingRow): void {
  const { vesting, stages } = rules;
  if (stages !== null || vesting.mode === "off") return;
  const rule = ruleLabel(vesting.rule);
  const asked = holding.received_rao > 0 || list.has("pool.received") ? multiplierTerms(vesting, holding) : null;
  const result =
    asked === null
      ? null
      : addRuleTerms(list, asked.terms, {
          prefix: "multiplier",
          parameters: "parameter",
          rule,
          inputs: MEASURED,
          own: ownParameters(vesting.rule),
        });
  addMinimum(list, rules, holding);
  const why = asked?.note ?? (result === null ? whyUntold(rules, holding) : "");
  list.add("multiplier.answer", holding.multiplier, {
    rule,
    from: [...(result === null ? ["holdings.received"] : [result]), "minimum_stake.met"],
    words: `what ${rule} answers; 1 below the minimum stake, and where nothing was received${why === "" ? "" : `. ${why}`}`,
  });
}

function whyUntold({ vesting, unread }: RunRules, { received_rao }: HoldingRow): string {
  if (received_rao === 0) return "Nothing was received.";
  return typeof vesting.rule === "object" ? (unread ?? []).join(" ") : "";
}

function addMinimum(list: StepList, { vesting }: RunRules, holding: HoldingRow): void {
  const { minimumStakeRao, minimumStakeUnit: unit, belowMinimum } = vesting;
  list.add("parameter.minimum_stake", minimumStakeRao, { unit: `rao of ${unit}`, words: "the least stake that earns a multiplier" });
  const met = meetsMinimum(vesting, holding);
  list.add("minimum_stake.met", met === null ? null : Number(met), {
    from: ["holdings.stake", "parameter.minimum_stake"],
    words:
      met === null
        ? "not known: the minimum is in TAO, and the results hold no price of the epoch"
        : `1 where stake >= minimum_stake; who is below has ${belowMinimum === "zero" ? "a multiplier of 0" : "no bonus"}`,
  });
}
