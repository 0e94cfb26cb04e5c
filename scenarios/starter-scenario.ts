import { TenureError } from "../engine/index.js";
import { SCENARIO_CODES } from "./schema/error-codes.js";
import { scenarioNameSchema } from "./schema/streams.js";

/**
 * Refuses a name that a scenario cannot have.
 * @throws TenureError `TEN-SCENARIO-006`
 */
export function requireScenarioName(name: string): void {
  const { success, error } = scenarioNameSchema.safeParse(name);
  if (success) return;
  throw new TenureError({
    code: SCENARIO_CODES.outOfRange,
    what: "A scenario cannot have this name.",
    place: { path: "name" },
    found: name,
    allowed: error.issues[0].message,
    hint: "Choose another name; --out says where the file goes.",
  });
}

/**
 * The text of a scenario to start from: small, commented, valid.
 * @throws TenureError `TEN-SCENARIO-006` for a name that a scenario cannot have
 */
export function newScenario(name: string): string {
  requireScenarioName(name);
  // Quoted where YAML would take it for a number or a boolean.
  return TEXT.replace("NAME", /^[a-z_][a-z0-9_-]*$/i.test(name) && !/^(true|false|null)$/i.test(name) ? name : JSON.stringify(name));
}

const TEXT = `# Check it with \`tenure scenarios check <this file>\`, run it with \`tenure run <this file>\`.
# All keys and their meaning: \`tenure scenarios schema\` (a JSON Schema; editors use it for completion).

name: NAME
description: Say in one sentence what you want to find out.

seed: 1

time:
  start: 2025-01-01T00:00:00Z
  days: 60 # ages begin with the run: it should be longer than vesting.retention_window_days

subnet:
  netuid: 1
  tempo: 360 # blocks of 12 s between two epochs

streams:
  - synthetic: subnet # made-up miners
    name: miners
    miners: 32
    coldkeys: 16
    behaviours: { holders: 0.3, trimmers: 0.4, sweepers: 0.3 }

  # Or what you recorded with \`tenure import\`, a folder relative to --data:
  # - recorded: my-recording
  #   role: miner
  #   coverage: subnet # it holds every miner; else set emission.outside

ledger:
  withdrawal_order: filo # filo, fifo, manual_first, emission_first, pro_rata

vesting:
  mode: on # on, shadow, off
  rule: geometric # geometric, tiered, linear_retention
  minimum_stake: 0.3
  retention_target: 0.9
  retention_window_days: 30
  max_multiplier: 1.5

emission:
  mode: redistribute # share each epoch's pot anew; replay: pay as recorded and only show the multipliers
  # A recording that was paid under a multiplier rule must name it, or every bonus counts twice:
  # recorded_rule: { rule: geometric, retention_target: 0.9, retention_window_days: 30, max_multiplier: 1.5 }

record:
  tables: all
`;
