import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { SAFETY_NET } from "./vitest.config.js";

/** Files that take minutes each: begun last, they would leave a core idle. */
const LONGEST = ["long/kills.long", "long/kills-record.long", "long/two-at-once.long", "e2e/record.long", "node-versions.long"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.includes(name));
      return at === -1 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/** Tests that try more cases here than under `npm test` (test/cases.ts). */
const OF_MANY_CASES = [
  "test/engine/agents/miners/sale-outlook.test.ts",
  "test/engine/agents/miners/spending.test.ts",
  "test/engine/key-swaps.test.ts",
  "test/engine/market/conservation.test.ts",
  "test/engine/one-row-a-miner.test.ts",
  "test/recorders/importers/damaged-arrow.test.ts",
  "test/recorders/importers/run.test.ts",
  "test/recorders/plug-ins/run-with-rules.test.ts",
  "test/recorders/run/any-scenario.test.ts",
  "test/scenarios/stage-limits.test.ts",
];

/** What `npm test` has no time for: more of the same cases, other versions of Node. */
export default defineConfig({
  test: {
    include: ["test/**/*.long.test.ts", ...OF_MANY_CASES],
    env: { TENURE_MANY_CASES: "1" },
    sequence: { sequencer: LongestFirst },
    maxWorkers: "100%",
    isolate: false,
    ...SAFETY_NET,
  },
});
