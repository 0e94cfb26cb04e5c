import { expect } from "vitest";
import { type MatchBaselineOptions, type MatchOutcome, matchBaseline } from "./match-baseline.js";

export type { MatchBaselineOptions } from "./match-baseline.js";
export type { PaidRow } from "./paid-rows.js";

interface BaselineMatchers<R> {
  /**
   * Is pay as a baseline says, to the rao? Takes rows `{ hotkey, rao, coldkey?, netuid?, day? }`. The baseline is
   * `baselines/<name>.tsv` beside the test; the first one is written, and `vitest -u` writes it anew. Never written where CI is set.
   */
  toMatchBaseline(named: string, options?: MatchBaselineOptions): R;
}

declare module "vitest" {
  interface Matchers<T> extends BaselineMatchers<T> {}
}

expect.extend({
  toMatchBaseline(rows: unknown, named: string, options: MatchBaselineOptions = {}): MatchOutcome {
    const { CI } = process.env;
    const isCi = CI !== undefined && CI !== "" && CI !== "0" && CI.toLowerCase() !== "false";
    // What is expected to differ writes nothing.
    const update = isCi || this.isNot ? "none" : this.snapshotState.snapshotUpdateState;
    return matchBaseline(rows, named, options, { testPath: this.testPath, update });
  },
});
