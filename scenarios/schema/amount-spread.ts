import * as z from "zod";
import { amount, amountRao } from "./amount.js";
import { choice, section } from "./section.js";

const NOT_ABOVE = "at least `from`";

const range = section({
  from: amount().describe("Smallest."),
  to: amount().describe("Largest."),
  spread: choice(["uniform", "log_uniform"]).default("log_uniform").describe("Drawn evenly, or evenly on the log scale."),
}).superRefine(({ from, to, spread }, context) => {
  if ((amountRao(to) ?? 0) < (amountRao(from) ?? 0)) context.addIssue({ code: "custom", path: ["to"], message: NOT_ABOVE });
  if (spread === "log_uniform" && amountRao(from) === 0) {
    context.addIssue({ code: "custom", path: ["from"], message: "above 0 with spread: log_uniform" });
  }
});

/** An amount that each member of a group has, or two between which each draws its own. */
export function amountSpread() {
  return z.union([amount(), range]);
}

export type AmountSpreadInput = z.output<ReturnType<typeof amountSpread>>;
