import type { DifferenceReport } from "../compare/difference-report.js";
import { formatCount } from "../format/numbers.js";

/** What the pairs say of a difference. */
export function verdictWords({ verdict, pairs_needed: needed }: DifferenceReport): string {
  switch (verdict) {
    case "told_apart":
      return `told apart${needed === null ? "" : `, from ${formatCount(needed)} pairs on`}`;
    case "not_told_apart":
      return needed === null ? "may be luck" : `may be luck; about ${formatCount(needed)} pairs needed`;
    case "one_pair":
      return "one pair, nobody knows";
    case "same":
      return "the same";
    case "exact":
      return "exact";
  }
}
