import { defineConfig } from "vitest/config";
import { SAFETY_NET } from "./vitest.config.js";

/** What `npm test` has no time for: more of the same cases, other versions of Node. */
export default defineConfig({
  test: { include: ["test/**/*.long.test.ts"], maxWorkers: "100%", isolate: false, ...SAFETY_NET },
});
