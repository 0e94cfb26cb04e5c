import { isDecimal } from "../schema/amount.js";
import type { Path, PlaceIndex } from "./place-index.js";

/** Of the section `index`; an amount may stand alone or as `from` and `to`. */
const INDEX_AMOUNTS: readonly string[] = [
  "founding.supply",
  "market.tao_reserve",
  "market.noise_traders.mean_size",
  "market.noise_traders.max_size",
  "participants.*.min_transaction_size",
  "participants.*.max_transaction_size",
  "rewards.min_volume",
  "anti_gaming.min_transaction",
  "anti_gaming.min_flagged",
  "consensus.minimum_stake",
  "emission.pot_alpha_per_block",
  ...[
    "market.noise_traders.tao",
    "market.noise_traders.tokens",
    "participants.*.tao",
    "participants.*.tokens",
    "participants.*.transaction_cost",
    "validators.*.stake",
  ].flatMap((path) => [path, `${path}.from`, `${path}.to`]),
];

/** Of the section `closed_loop`. */
const CLOSED_LOOP_AMOUNTS: readonly string[] = [
  "emission.miner_pot_alpha_per_block",
  "market.tao_reserve",
  "market.alpha_reserve",
  "market.tao_per_block",
  "registration_cost",
  ...["miners.*.stake", "miners.*.tao", "validators.*.stake"].flatMap((path) => [path, `${path}.from`, `${path}.to`]),
];

/** Where amounts of tokens stand; `*` is any entry of a list. */
const AMOUNTS: readonly (readonly string[])[] = [
  ["vesting", "minimum_stake"],
  ["schedules", "min_vesting_amount"],
  ["emission", "outside", "miner_pot_alpha_per_block"],
  ["streams", "*", "miner_pot_alpha_per_block"],
  ...["opening_stake_alpha", "add_size_alpha", "remove_size_alpha"].flatMap((range) => [
    ["streams", "*", range, "from"],
    ["streams", "*", range, "to"],
  ]),
  ["handed_over", "*", "tao"],
  ...CLOSED_LOOP_AMOUNTS.map((path) => ["closed_loop", ...path.split(".")]),
  ...INDEX_AMOUNTS.map((path) => ["index", ...path.split(".")]),
];

/** Puts amounts back as they were written: a YAML number is a double, which cannot hold every amount of rao. */
export function takeExactAmounts(scenario: Record<string, unknown>, places: PlaceIndex): void {
  for (const pattern of AMOUNTS) take(scenario, pattern, [], places);
}

function take(value: unknown, pattern: readonly string[], path: Path, places: PlaceIndex): void {
  const [step, ...rest] = pattern;
  if (step === undefined || typeof value !== "object" || value === null) return;
  const keys = step === "*" ? (Array.isArray(value) ? value.map((_, index) => index) : []) : [step];
  for (const key of keys) {
    const container = value as Record<string | number, unknown>;
    if (!Object.hasOwn(container, key)) continue;
    const inner = container[key];
    if (rest.length > 0) take(inner, rest, [...path, key], places);
    else if (typeof inner === "number" || typeof inner === "bigint") {
      const text = places.sourceText([...path, key]);
      if (text !== undefined && isDecimal(text)) container[key] = text;
      else if (typeof inner === "bigint") container[key] = String(inner);
    }
  }
}
