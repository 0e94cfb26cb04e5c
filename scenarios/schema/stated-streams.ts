import * as z from "zod";
import { OWED_UNITS } from "../../engine/index.js";
import { amount } from "./amount.js";
import { columnName } from "./column-name.js";
import { drawnRows, drawnScores } from "./drawn-rows.js";
import { duration } from "./duration.js";
import { minerName } from "./miner-name.js";
import { nameSchema } from "./name.js";
import { real } from "./numbers.js";
import { choice, listOf, section } from "./section.js";
import { netuidSchema } from "./subnet.js";

const time = {
  after: duration().default("0 s").describe("When, from the start of the run."),
  every: duration({ atLeastMs: 1_000 }).nullable().default(null).describe("Said again every so often until the run ends; left out: once."),
};
const hotkeys = listOf(minerName, "hotkeys").describe("To whom it applies: hotkeys, or simulated miners by name (`holders-1`).");
const netuid = netuidSchema.nullable().default(null).describe("Subnet; may be left out where the scenario names one.");

/** Streams whose rows the scenario states itself: what no recording holds yet, or what is only tried. */
export function statedStreamSchemas(error: string) {
  return [
    section({
      synthetic: z.enum(["collateral"], { error }).describe("Stated or drawn, not recorded: collateral of hotkeys."),
      name: nameSchema.default("collateral").describe("Name of the stream."),
      netuid,
      rows: listOf(
        section({ ...time, hotkeys, amount: amount().describe("What each has from then on, in whole and parts of a token.") }),
        "rows",
      )
        .optional()
        .describe("What is stated."),
      drawn: drawnRows.optional().describe("Or what is made up: `from` and `to` in tokens."),
    }),
    section({
      synthetic: z.enum(["scores"], { error }).describe("Stated or drawn, not recorded: what the work of hotkeys is worth."),
      name: nameSchema.default("scores").describe("Name of the stream."),
      netuid,
      rows: listOf(
        section({
          ...time,
          hotkeys,
          score: real({ atLeast: 0, atMost: 1e9 }).describe("The score of each from then on."),
          columns: z
            .record(columnName, real({ atLeast: 0, atMost: 1e9 }), { error: "a mapping from names of columns to numbers" })
            .default({})
            .describe("Columns beside it, by name."),
        }),
        "rows",
      )
        .optional()
        .describe("What is stated."),
      drawn: drawnScores.optional().describe("Or what is made up."),
    }),
    section({
      synthetic: z.enum(["validator_weights"], { error }).describe("Stated, not recorded: what validators set."),
      name: nameSchema.default("validator_weights").describe("Name of the stream."),
      netuid,
      rows: listOf(
        section({
          ...time,
          validators: listOf(minerName, "hotkeys").describe(
            "Who sets it: hotkeys. All rows of a validator at one instant are its weights, in place of all that it set before.",
          ),
          hotkeys: listOf(minerName, "hotkeys").describe("For whom: hotkeys, or simulated miners by name (`holders-1`)."),
          weight: real({ atLeast: 0, atMost: 1e9 }).describe("Weight of each, relative to the others of its validator."),
          stake: amount()
            .default(0)
            .describe("Alpha with which each validator counts from then on; 0: what the positions of its hotkey on the subnet hold."),
        }),
        "rows",
      ).describe("What is stated."),
    }),
    section({
      synthetic: z.enum(["obligations"], { error }).describe("Stated, not recorded: what is owed to hotkeys."),
      name: nameSchema.default("obligations").describe("Name of the stream."),
      netuid,
      unit: choice(OWED_UNITS).default("alpha").describe("In what it is owed; that of the budget which pays it."),
      rows: listOf(
        section({ ...time, hotkeys, amount: amount({ above: 0 }).describe("What each is owed from then on, on top of what it was owed.") }),
        "rows",
      ).describe("What is stated."),
    }),
    section({
      synthetic: z.enum(["tao_price"], { error }).describe("Stated, not recorded: the price of a TAO in USD."),
      name: nameSchema.default("tao_price").describe("Name of the stream."),
      rows: listOf(
        section({ ...time, usd_per_tao: real({ above: 0, atMost: 1e9 }).describe("Price from then on, USD per TAO.") }),
        "rows",
      ).describe("What is stated."),
    }),
  ] as const;
}
