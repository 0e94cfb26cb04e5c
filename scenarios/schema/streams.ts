import * as z from "zod";
import { LONGEST_DAYS, PRICE_MODELS, ROLES, STREAM_KINDS } from "../../engine/index.js";
import { amount, amountRao } from "./amount.js";
import { duration } from "./duration.js";
import { MINER_POT_ALPHA_PER_BLOCK } from "./emission.js";
import { nameSchema } from "./name.js";
import { real, whole } from "./numbers.js";
import { parameterShape } from "./parameters.js";
import { gapSchema, shockSchema } from "./price-disturbances.js";
import { choice, listOf, section } from "./section.js";
import { statedStreamSchemas } from "./stated-streams.js";
import { netuidSchema } from "./subnet.js";

/** A scenario's name is that of its file and of its run's folder: with what goes before and behind it must fit into 255 bytes. */
const MOST_SCENARIO_NAME = 200;
/** Names of scenarios. */
export const scenarioNameSchema = nameSchema.max(MOST_SCENARIO_NAME, { error: `at most ${MOST_SCENARIO_NAME} characters` });

const FOLDER = "the path of a folder relative to --data, with / between names";
const NOT_ABOVE = "at least `from`";

const folder = z
  .string({ error: FOLDER })
  .min(1, { error: FOLDER })
  .refine((path) => !/^([/\\]|[A-Za-z]:)/.test(path), { error: FOLDER })
  .refine((path) => !path.includes("\0"), { error: `${FOLDER}, without a NUL character` });

const coverage = choice(["subnet", "partial"]);

export const recordedStreamSchema = section({
  recorded: folder.describe("A recording: a folder that `tenure import` wrote, relative to --data."),
  name: nameSchema.optional().describe("Name shown in errors; left out: the folder's."),
  kinds: listOf(choice(STREAM_KINDS), "stream kinds")
    .nullable()
    .default(null)
    .describe("Only these kinds of what the recording holds; left out: all."),
  role: choice(ROLES).default("miner").describe("For what its positions are paid, where emission is attributed from balances."),
  coverage: coverage
    .nullable()
    .default(null)
    .describe("Do the scenario's streams hold the whole subnet, or only part of it? Left out: as the recording says."),
});

/** Amounts of a log-uniform size: `to` is at least `from`. */
function amountRange(from: number, to: number) {
  return section({ from: amount({ above: 0 }).describe("Smallest, alpha."), to: amount({ above: 0 }).describe("Largest, alpha.") })
    .superRefine((range, context) => {
      if ((amountRao(range.to) ?? 0) < (amountRao(range.from) ?? 0)) context.addIssue({ code: "custom", path: ["to"], message: NOT_ABOVE });
    })
    .prefault({ from, to });
}

const share = real({ atLeast: 0, atMost: 1_000_000 });

export const behavioursSchema = section({
  holders: share.default(0).describe("Never remove anything."),
  trimmers: share.default(0).describe("Remove amounts of `remove_size_alpha` now and then."),
  sweepers: share.default(0).describe("Do as trimmers, and sell everything every `sweep_every_days`."),
}).superRefine((mix, context) => {
  if (mix.holders + mix.trimmers + mix.sweepers > 0) return;
  context.addIssue({ code: "custom", path: [], message: "at least one share above 0" });
});

/** Nobody sells everything more than once in 86.4 seconds. */
const SWEEP_DAYS = { atLeast: 0.001, atMost: LONGEST_DAYS } as const;
const SYNTHETIC = "one of subnet, prices, collateral, scores, validator_weights, obligations, tao_price";

export const syntheticStreamSchema = section({
  synthetic: z
    .enum(["subnet"], { error: SYNTHETIC })
    .describe("Made, not recorded: miners that are paid every epoch, add and remove stake."),
  name: nameSchema.default("synthetic").describe("Name of the stream; the made-up addresses start with it."),
  netuid: netuidSchema.nullable().default(null).describe("Subnet; may be left out where the scenario names one."),
  miners: whole(1, 65_536).describe("How many hotkeys."),
  coldkeys: whole(1, 65_536).nullable().default(null).describe("How many owners the hotkeys have; left out: one each."),
  first_uid: whole(0, 65_535).default(0).describe("Uid of the first miner; the others follow."),
  registry: z
    .boolean({ error: "true or false" })
    .default(true)
    .describe(
      "Whether to make registrations. A subnet with any counts only registered hotkeys; without, whoever is paid counts as registered.",
    ),
  coverage: coverage.default("subnet").describe("Do the scenario's streams hold the whole subnet, or only part of it?"),
  miner_pot_alpha_per_block: amount({ above: 0 })
    .default(MINER_POT_ALPHA_PER_BLOCK)
    .describe("What all synthetic miners earn together a block, alpha."),
  share_spread: real({ atLeast: 1, atMost: 1_000_000 })
    .default(8)
    .describe("The largest miner's expected share of the pot over the smallest's; shares are log-uniform between."),
  share_jitter: real({ atLeast: 0, below: 1 })
    .default(0.1)
    .describe("By how much a share goes up or down from one epoch to the next, at most."),
  opening_stake_alpha: amountRange(1, 100).nullable().describe("Manual stake of each miner at the start, log-uniform; null: none."),
  adds_per_day: real({ atLeast: 0, atMost: 7_200 }).default(0.2).describe("Manual adds of a miner a day, on average."),
  add_size_alpha: amountRange(0.1, 20).describe("Size of an add, log-uniform."),
  removes_per_day: real({ atLeast: 0, atMost: 7_200 })
    .default(0.5)
    .describe("Removals of a miner that sells, a day, on average; sweeps come on top."),
  remove_size_alpha: amountRange(0.1, 20).describe("Size of a removal, log-uniform; at most what the miner then holds."),
  behaviours: behavioursSchema.prefault({ holders: 0.3, trimmers: 0.3, sweepers: 0.4 }).describe("How miners behave; relative shares."),
  sweep_every_days: section({
    from: real(SWEEP_DAYS).describe("Of the fastest, days."),
    to: real(SWEEP_DAYS).describe("Of the slowest, days."),
  })
    .superRefine((range, context) => {
      if (range.to < range.from) context.addIssue({ code: "custom", path: ["to"], message: NOT_ABOVE });
    })
    .prefault({ from: 1, to: 90 })
    .describe("How often sweepers sell everything; log-uniform, one period for each sweeper."),
  first_block: whole(0, 1_000_000_000).default(1).describe("Number of the block at the start."),
  epochs_from: nameSchema
    .nullable()
    .default(null)
    .describe(
      "A recorded stream that ends the epochs: at each of its `epoch_marks` of the subnet, where it has any; else at the times of its emission, or of its balances where none is of the subnet, that are a tempo or more after the last; left out: every tempo * 12 s from the start.",
    ),
});

/** Those that make up prices without a recording. */
const MODELS = PRICE_MODELS.filter(({ needsHistory }) => needsHistory !== true);
const [firstModel, ...otherModels] = MODELS.map(({ name, meaning, parameters }) =>
  section({ kind: choice([name]).describe(meaning), ...parameterShape(parameters) }),
);
const priceModel = z.discriminatedUnion("kind", [firstModel, ...otherModels], {
  error: `one of ${MODELS.map(({ name }) => name).join(", ")}`,
});

export const syntheticPricesSchema = section({
  synthetic: z.enum(["prices"], { error: SYNTHETIC }).describe("Made, not recorded: prices of subnets, sample after sample."),
  name: nameSchema.default("prices").describe("Name of the stream."),
  subnets: whole(1, 65_535).default(20).describe("How many subnets, netuids 1 and up."),
  sample_every: duration({ atLeastMs: 1_000, atMostMs: 86_400_000 }).default("2 min").describe("Time between two samples."),
  start_price_tao: section({
    from: real({ atLeast: 1e-9, atMost: 1e9 }).describe("Lowest, TAO per alpha."),
    to: real({ atLeast: 1e-9, atMost: 1e9 }).describe("Highest, TAO per alpha."),
  })
    .superRefine((range, context) => {
      if (range.to < range.from) context.addIssue({ code: "custom", path: ["to"], message: NOT_ABOVE });
    })
    .prefault({ from: 0.005, to: 0.1 })
    .describe("Price of each subnet at the start, log-uniform."),
  model: priceModel.prefault({ kind: "geometric_brownian_motion" }).describe("How prices move (docs/explanation/market.md)."),
  shocks: z.array(shockSchema, { error: "a list of shocks" }).default([]).describe("Falls and rises of all prices together."),
  gaps: z.array(gapSchema, { error: "a list of gaps" }).default([]).describe("Stretches without samples."),
  first_block: whole(0, 1_000_000_000).default(1).describe("Number of the block at the start."),
});

export const statedStreams = statedStreamSchemas(SYNTHETIC);

export const streamSchema = z.union([syntheticStreamSchema, syntheticPricesSchema, ...statedStreams, recordedStreamSchema]);

export type RecordedInput = z.output<typeof recordedStreamSchema>;
export type SyntheticInput = z.output<typeof syntheticStreamSchema>;
export type SyntheticPricesInput = z.output<typeof syntheticPricesSchema>;
export type StatedStreamInput = z.output<(typeof statedStreams)[number]>;
export type StreamInput = z.output<typeof streamSchema>;
