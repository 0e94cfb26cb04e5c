import type { z } from "zod";
import { LONGEST_DAYS } from "../../engine/index.js";
import { instant } from "./instant.js";
import { real } from "./numbers.js";
import { section } from "./section.js";

export const timeSchema = section({
  start: instant()
    .nullable()
    .default(null)
    .describe(
      "When the run starts. May be left out where all streams are recorded: then 1 ms before their first row, so that pay there counts.",
    ),
  end: instant()
    .nullable()
    .default(null)
    .describe("The last instant that is read. May be left out where all streams are recorded: then until they end."),
  days: real({ atLeast: 0.001, atMost: LONGEST_DAYS }).nullable().default(null).describe("Length in days, instead of `end`."),
}).describe("The stretch of time that is simulated, in UTC.");

export type TimeInput = z.output<typeof timeSchema>;
