import { CONSENSUS_RANGES } from "../../kernel/ranges.js";
import { choice, numberOrOff } from "../parameter.js";
import { COUNT_CODE, declareSlashingRule } from "./slashing-rule.js";

export const repeatedSlashes = declareSlashingRule({
  name: "repeated_slashes",
  meaning: "Who was slashed before and deviates again did so severely.",
  cause: "repeated_slashes",
  parameters: {
    severeFromSlashes: numberOrOff({
      range: CONSENSUS_RANGES.count,
      code: COUNT_CODE,
      default: 3,
      meaning: "After as many slashes it is at least severe; null: off.",
    }),
    slashesCounted: choice({
      values: { window: "those in the window of deviations", ever: "all" },
      default: "window",
      meaning: "Which slashes count for it.",
    }),
    severeFromSlashesApplies: choice({
      values: { always: "it raises every severity", where_nothing_else_does: "only where no other rule finds anything" },
      default: "always",
      meaning: "Whether it raises every severity, or counts only where nothing else says anything.",
    }),
  },
  bind: ({ severeFromSlashes, severeFromSlashesApplies }) => ({
    overTime({ slashes, soFar }) {
      if (severeFromSlashes === null || slashes < severeFromSlashes) return "none";
      return severeFromSlashesApplies === "always" || soFar === "none" ? "severe" : "none";
    },
  }),
});
