import { defineConfig } from "vitest/config";
import { SAFETY_NET } from "./vitest.config.js";

/** Tests that try more cases here than under `npm test` (test/cases.ts). */
const OF_MANY_CASES = [
  "test/engine/key-swaps.test.ts",
  "test/engine/market/conservation.test.ts",
  "test/recorders/importers/damaged-arrow.test.ts",
  "test/recorders/importers/run.test.ts",
  "test/recorders/plug-ins/run-with-rules.test.ts",
  "test/recorders/run/any-scenario.test.ts",
];

/** What `npm test` has no time for: more of the same cases, other versions of Node. */
export default defineConfig({
  test: {
    include: ["test/**/*.long.test.ts", ...OF_MANY_CASES],
    env: { TENURE_MANY_CASES: "1" },
    maxWorkers: "100%",
    isolate: false,
    ...SAFETY_NET,
  },
});
