import type { PairsComparisonReport } from "../../compare/pairs-comparison.js";
import { plural } from "../../format/numbers.js";
import type { Check } from "../check.js";

export const pairsFailed: Check<PairsComparisonReport> = {
  code: "pairs_failed",
  severities: ["serious"],
  says: "Replicates failed on a side, and their pairs are left out.",
  threshold: "One is enough: what fails under one rule alone is part of the difference.",
  tries: "Read the error of the replicate, and mend it.",
  find: ({ failed_a: a, failed_b: b, pairs }) =>
    a.length + b.length === 0
      ? null
      : {
          severity: "serious",
          title: `Replicates failed, so that ${plural(pairs.length, "pair")} ${pairs.length === 1 ? "is" : "are"} compared.`,
          evidence: [...sideWords("a", a), ...sideWords("b", b)],
          tries: ["Run the failed replicate alone (`tenure run <scenario> --replicate <n>`): its error says what to do."],
        },
};

const sideWords = (side: string, failed: readonly number[]) =>
  failed.length === 0 ? [] : [`On side ${side}: ${failed.slice(0, 10).join(", ")}${failed.length > 10 ? ", ..." : ""}.`];
