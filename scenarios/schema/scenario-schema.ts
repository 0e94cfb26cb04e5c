import * as z from "zod";
import { closedLoopSchema } from "./closed-loop/closed-loop.js";
import { emissionSchema } from "./emission.js";
import { handedOverSchema } from "./handed-over/handed-over.js";
import { indexSubnetSchema } from "./index-subnet/index-subnet.js";
import { ledgerSchema } from "./ledger.js";
import { minerName } from "./miner-name.js";
import { nameSchema } from "./name.js";
import { MAX_WHOLE, whole } from "./numbers.js";
import { PRESET_NAMES } from "./presets.js";
import { recordSchema } from "./record.js";
import { schedulesSchema } from "./schedules.js";
import { choice, listOf, section } from "./section.js";
import { stagesSchema } from "./stages.js";
import { scenarioNameSchema, streamSchema } from "./streams.js";
import { subnetSchema } from "./subnet.js";
import { timeSchema } from "./time.js";
import { vestingSchema } from "./vesting.js";
import { weightsSchema } from "./weights.js";

/** The top level of a scenario, key by key. */
export const scenarioShape = {
  name: scenarioNameSchema.describe("Name of the scenario."),
  description: z.string({ error: "text" }).default("").describe("What it is for, in one sentence."),
  seed: whole(0, MAX_WHOLE).default(1).describe("Where all random numbers come from."),
  replicate: whole(0, MAX_WHOLE).default(0).describe("Another draw of the same scenario."),
  preset: choice(PRESET_NAMES)
    .nullable()
    .default(null)
    .describe("Settings under which an earlier system is reproduced; keys that are stated win."),
  time: timeSchema.prefault({}),
  subnet: subnetSchema.optional(),
  subnets: listOf(subnetSchema, "subnets").optional().describe("Subnets, where there are several; instead of `subnet`."),
  epochs: choice(["emission", "tempo"])
    .default("emission")
    .describe(
      "An epoch ends at each instant that pays anybody, miner or not, or every tempo * 12 s from the start; by `tempo` an epoch that has not ended when the run does is dropped: not measured, and miners' pay of it that is shared anew is paid to nobody.",
    ),
  streams: listOf(streamSchema, "streams").describe(
    "What happens: recorded streams, synthetic ones, or both. May be left out beside `closed_loop`.",
  ),
  ledger: ledgerSchema.prefault({}),
  vesting: vestingSchema.prefault({}),
  weights: weightsSchema
    .nullable()
    .default(null)
    .describe(
      "Where base weights come from: `from: yuma` or `chain_yuma`, what validators set (docs/explanation/yuma.md), by a stream of validator_weights or the ratings of a closed loop; `from: scores`, a stream of scores (docs/explanation/weights.md). Left out: recorded pay or a stream of weights; in a closed loop the part of the ratings that has support.",
    ),
  stages: stagesSchema
    .nullable()
    .default(null)
    .describe(
      "The rule as a list of stages from base weights to shares (docs/explanation/stages.md), in place of the rule under `vesting`. Left out: that one.",
    ),
  tags: z
    .record(nameSchema, listOf(minerName, "names"), { error: "a mapping of tags, each with a list of miners" })
    .nullable()
    .default(null)
    .describe(
      "Miners by tag, each by its hotkey or name, for the members of pools (docs/explanation/stages.md). Left out: nobody has any.",
    ),
  emission: emissionSchema,
  schedules: schedulesSchema
    .nullable()
    .default(null)
    .describe("Vesting schedules, the alternative to multipliers: emission is paid in instalments. Left out: none."),
  index: indexSubnetSchema
    .nullable()
    .default(null)
    .describe(
      "An index subnet: participants mint and redeem an index token, validators watch (docs/explanation/index-subnet.md). Left out: none.",
    ),
  closed_loop: closedLoopSchema
    .nullable()
    .default(null)
    .describe("A subnet whose miners decide for themselves (docs/explanation/closed-loop.md). Left out: none."),
  handed_over: handedOverSchema
    .nullable()
    .default(null)
    .describe(
      "Recorded positions that are handed to strategies from an instant on, while everybody else follows the recording (docs/explanation/closed-loop.md). Left out: none.",
    ),
  snapshots: choice(["auto", "update", "force"])
    .default("auto")
    .describe("How snapshots of balances are taken: only where there are no stake events, brought up to, or started anew from."),
  record: recordSchema.prefault({}),
};

export const scenarioSchema = section(scenarioShape).describe("A scenario: what Tenure simulates and what it writes.");

/** The same of a scenario with miners who decide for themselves: nothing else need happen. */
const closedLoopScenarioSchema = section({ ...scenarioShape, streams: z.array(streamSchema).default([]) });

/** The schema that plain data is to be checked against. */
export function schemaFor(data: unknown): typeof scenarioSchema | typeof closedLoopScenarioSchema {
  const loops = typeof data === "object" && data !== null && Object.hasOwn(data, "closed_loop");
  return loops && (data as { closed_loop: unknown }).closed_loop !== null ? closedLoopScenarioSchema : scenarioSchema;
}

export type ScenarioInput = z.output<typeof scenarioSchema>;
/** What of a scenario is well formed, for checks that look at more than one key. */
export type PartialScenarioInput = { readonly [Key in keyof ScenarioInput]?: ScenarioInput[Key] | undefined };

/** The JSON Schema of a scenario file, for editors. */
export function scenarioJsonSchema(): Record<string, unknown> {
  const { required, ...schema } = z.toJSONSchema(scenarioSchema, { io: "input", target: "draft-2020-12" });
  // Without a closed loop there must be streams: one of the two is needed.
  const others = (required ?? []).filter((key) => key !== "streams");
  return { ...schema, required: others, anyOf: [{ required: ["streams"] }, { required: ["closed_loop"] }], title: "Tenure scenario" };
}
