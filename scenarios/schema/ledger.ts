import * as z from "zod";
import { WITHDRAWAL_ORDERS } from "../../engine/index.js";
import { choice, section } from "./section.js";

const OWNER_GROUPS = "a list of lists of coldkey addresses";

export const ledgerSchema = section({
  withdrawal_order: choice(WITHDRAWAL_ORDERS).default("filo").describe("Which tranche a withdrawal takes first; `filo`: the newest."),
  equal_times: choice(["later_first", "earlier_first"])
    .default("later_first")
    .describe("Among tranches of one entry time `filo` takes the later event first, or the earlier."),
  moves: choice(["neutral_within_subnet", "strict"])
    .default("neutral_within_subnet")
    .describe(
      "Moves of one coldkey inside a subnet carry history along; `strict`: they are an outflow and an inflow, also of a position onto itself.",
    ),
  pair_moves: z
    .boolean({ error: "true or false" })
    .default(false)
    .describe("Joins a removal and an addition of one coldkey in one extrinsic into a move (old runtimes)."),
  on_invalid: choice(["record", "clamp", "stop"])
    .default("clamp")
    .describe(
      "A withdrawal of more than there is: `clamp` takes what there is and notes it, `record` takes nothing and notes it " +
        "(a seller stays a holder: for debugging), `stop` ends the run. Up to 10 rao too many are rounding, and all there is goes.",
    ),
  owner_groups: z
    .array(z.array(z.string({ error: "a coldkey address" }).min(1, { error: "a coldkey address" }), { error: OWNER_GROUPS }), {
      error: OWNER_GROUPS,
    })
    .default([])
    .describe("Coldkeys of one owner: a transfer inside a group is a move, not a sale."),
}).describe("How stake is kept and taken (tranche ledger).");

export type LedgerInput = z.output<typeof ledgerSchema>;
