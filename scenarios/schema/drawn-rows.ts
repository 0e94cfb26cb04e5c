import * as z from "zod";
import { columnName } from "./column-name.js";
import { duration } from "./duration.js";
import { minerName } from "./miner-name.js";
import { nameSchema } from "./name.js";
import { real } from "./numbers.js";
import { listOf, section } from "./section.js";

const MOST = 1e6;
const NOT_BELOW = "at least `from`";
const COLUMNS = "a mapping from names of columns to { from, to }";

/** Where a number begins, log-uniform. */
const levelShape = {
  from: real({ above: 0, atMost: MOST }).describe("Lowest level."),
  to: real({ above: 0, atMost: MOST }).describe("Highest level."),
};

function refuseTurned(range: { readonly from: number; readonly to: number }, context: z.RefinementCtx): void {
  if (range.to < range.from) context.addIssue({ code: "custom", path: ["to"], message: NOT_BELOW });
}

const shape = {
  miners_of: nameSchema.optional().describe("All miners of the synthetic subnet of this name."),
  hotkeys: listOf(minerName, "hotkeys").optional().describe("Or these: hotkeys, or simulated miners by name (`holders-1`)."),
  ...levelShape,
  every: duration({ atLeastMs: 60_000 })
    .default("1 d")
    .describe("Time between two rows of a hotkey; the first is at the start of the run."),
  half_life: duration({ atLeastMs: 60_000 })
    .nullable()
    .default(null)
    .describe("After so long half of what a number is off its level is gone. Left out: it stays where it is."),
  deviation: real({ atLeast: 0, atMost: 3 })
    .default(0.5)
    .describe("Long-run standard deviation of the logarithm of a number that moves: 0.5 is about 60 % up or 40 % down."),
  told: real({ above: 0, atMost: 1 }).default(1).describe("Part of the rows that are told; of the others the last before stays in force."),
};

/** Numbers that are made up, for each hotkey its own. */
export const drawnRows = section(shape).superRefine(refuseTurned);

/** The same of scores, which may have columns beside them. */
export const drawnScores = section({
  ...shape,
  columns: z
    .record(columnName, section(levelShape).superRefine(refuseTurned), { error: COLUMNS })
    .default({})
    .describe("Columns beside the score, drawn and moving as the score, each by itself."),
}).superRefine(refuseTurned);

export type DrawnInput = z.output<typeof drawnScores> | z.output<typeof drawnRows>;
