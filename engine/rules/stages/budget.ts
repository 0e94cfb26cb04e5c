import { choice, flag, number, numberOrOff } from "../parameter.js";
import { BudgetBook } from "./budget-book.js";
import { declareShareStage } from "./stage.js";

/** The list pays a priced amount, and no more (docs/explanation/stages.md). */
export const budget = declareShareStage({
  name: "budget",
  meaning: "an amount an epoch, or what is owed to each, at the latest price; the rest of the pot is the residual's",
  effect: "share",
  parameters: {
    perEpoch: numberOrOff({
      range: { atLeast: 0, atMost: 1_000_000_000, places: 9 },
      default: null,
      unit: "as `unit` says",
      meaning: "What all get together in an epoch, by their shares; or state `owed`.",
    }),
    owed: choice({
      values: {
        none: "nothing is owed to anybody by name: per_epoch is paid",
        obligations: "each is paid what the stream `obligations` tells, and weights do not count",
      },
      default: "none",
      meaning: "What tells what is owed to whom.",
    }),
    unit: choice({
      values: { alpha: "alpha", tao: "TAO, at the latest price", usd: "USD, at the latest prices of alpha and of a TAO" },
      default: "alpha",
      meaning: "Unit of the amounts.",
    }),
    carry: flag({ default: false, meaning: "Whether what the pot could not pay stays due; else it lapses." }),
    staleAfterHours: number({
      range: { above: 0, atMost: 876_600 },
      default: 24,
      unit: "hours",
      meaning: "With a price older than that nothing is paid, and all stays due.",
    }),
  },
  asks: ({ owed, unit }: { readonly owed: string; readonly unit: string }) => [
    "key",
    ...(owed === "none" ? [] : (["obligations"] as const)),
    ...(unit === "usd" ? (["usd"] as const) : []),
  ],
  bind(stated, { kept }) {
    const book = new BudgetBook(stated, kept);
    return {
      share: (facts, before, weights, { trace = null }) => book.share(facts, before, weights, trace),
      spent: () => book.spending,
    };
  },
});
