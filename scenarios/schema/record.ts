import * as z from "zod";
import { RESULT_TABLE_NAMES, type ResultTableName } from "../../engine/index.js";
import { whole } from "./numbers.js";
import { choice, section } from "./section.js";

const TABLES = RESULT_TABLE_NAMES as readonly [ResultTableName, ...ResultTableName[]];

export const recordSchema = section({
  tables: z
    .union([choice(["all"]), z.array(choice(TABLES), { error: `a list of tables among ${TABLES.join(", ")}` })])
    .default("all")
    .describe("Result tables to write; `positions` and `epochs` always are."),
  every_epochs: whole(1, 1_000_000_000)
    .default(1)
    .describe("holdings, weights, rewards and coldkeys are written every so many epochs, and at the last one."),
  stage_weights: choice(["last", "every"])
    .default("last")
    .describe("The table stage_weights of the last epoch alone, or of every epoch that is recorded."),
}).describe("What is written.");

export type RecordInput = z.output<typeof recordSchema>;
