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
  "test/digests/digests.test.ts",
  "test/engine/agents/miners/sale-outlook.test.ts",
  "test/engine/agents/miners/spending.test.ts",
  "test/engine/audit.test.ts",
  "test/engine/books/holdings.test.ts",
  "test/engine/books/passes.test.ts",
  "test/engine/consensus/clipped-weights.test.ts",
  "test/engine/consensus/tribunal.test.ts",
  "test/engine/epochs/epoch-marks.test.ts",
  "test/engine/events/told-at-instant.test.ts",
  "test/engine/key-swaps.test.ts",
  "test/engine/ledger/attributed-streams.test.ts",
  "test/engine/market/conservation.test.ts",
  "test/engine/modules/handed-over/any-hand-over.test.ts",
  "test/engine/one-row-a-miner.test.ts",
  "test/engine/simulation.test.ts",
  "test/engine/tape/play-tape.test.ts",
  "test/engine/total-order.test.ts",
  "test/engine/vesting/staged-run.test.ts",
  "test/recorders/chain/recorded-truth.test.ts",
  "test/recorders/chain/refused-in-mid-block.test.ts",
  "test/recorders/chain/validator-weights.test.ts",
  "test/recorders/importers/damaged-arrow.test.ts",
  "test/recorders/importers/row-limit.test.ts",
  "test/recorders/importers/run.test.ts",
  "test/recorders/plug-ins/run-with-rules.test.ts",
  "test/recorders/plug-ins/same-as-built-in.test.ts",
  "test/recorders/run/any-scenario.test.ts",
  "test/scenarios/stage-limits.test.ts",
  "test/recorders/run/outside-window.test.ts",
  "test/recorders/run/skipped-rows.test.ts",
  "test/recorders/streams/round-trip.test.ts",
  "test/reports/guard/planted-consensus.test.ts",
  "test/reports/guard/stage-hits.test.ts",
  "test/reports/sql/ask-tables.test.ts",
  "test/studies/compare/first-event.test.ts",
  "test/studies/open-loop/tape-player.test.ts",
  "test/studies/tuning/sensitivity/sobol-indices.test.ts",
  "test/studies/tuning/trust/judgement.test.ts",
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
