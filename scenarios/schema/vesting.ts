import * as z from "zod";
import { THRESHOLD_RANGE } from "../../engine/index.js";
import { amount } from "./amount.js";
import { instant } from "./instant.js";
import { ruleShape } from "./multiplier-rule.js";
import { real } from "./numbers.js";
import { choice, section } from "./section.js";

const threshold = section({
  threshold: section({
    relative: real(THRESHOLD_RANGE).default(0.5).describe("Share of its own base share below which a miner is zeroed."),
    absolute: real(THRESHOLD_RANGE).default(0).describe("Share of all base weights below which a miner is zeroed."),
  }).describe("Who falls below either is zeroed, and its weight shared over the rest."),
});

/** How holdings are measured: what each of these may be. */
export const MEASURES = {
  minimum_stake_unit: ["alpha", "tao"],
  retention_basis: ["emissions", "all_stake"],
  retention_scope: ["lifetime", "window"],
  rounding: ["exact", "whole_days"],
  key_scope: ["hotkey", "coldkey_even"],
} as const;

export const vestingSchema = section({
  mode: choice(["on", "shadow", "off"]).default("on").describe("`shadow` computes and records multipliers and changes nothing."),
  start: instant()
    .nullable()
    .default(null)
    .describe("Nothing that entered at or before it earns a multiplier; left out: from the beginning."),
  ...ruleShape,
  minimum_stake: amount().default(0.3).describe("Stake of a position below which there is no bonus; a decimal amount of tokens."),
  minimum_stake_unit: choice(MEASURES.minimum_stake_unit)
    .default("alpha")
    .describe("What `minimum_stake` counts; `tao` uses the latest price."),
  retention_basis: choice(MEASURES.retention_basis).default("emissions").describe("Which tranches held share and held days look at."),
  retention_scope: choice(MEASURES.retention_scope)
    .default("lifetime")
    .describe("All tranches of the basis, or those that entered in the last `retention_window_days`."),
  rounding: choice(MEASURES.rounding).default("exact").describe("Ages in fractional days, or floored to whole days."),
  key_scope: choice(MEASURES.key_scope)
    .default("hotkey")
    .describe("Each hotkey for itself, or the hotkeys of a coldkey pooled and counted evenly."),
  below_minimum: choice(["no_bonus", "zero"]).default("no_bonus").describe("Below the minimum stake the multiplier is 1, or 0."),
  redistribution: z
    .union([choice(["proportional", "threshold"]), threshold])
    .default("proportional")
    .describe("How weights become shares: in proportion, or with a threshold below which a miner gets nothing."),
}).describe("The incentive rule: from holding to multiplier to weight.");

export type VestingInput = z.output<typeof vestingSchema>;
