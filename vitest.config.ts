import { configDefaults, defineConfig } from "vitest/config";

/** Tests wait for states. A limit is only there to end one that waits for ever, on a machine however busy. */
export const SAFETY_NET = { testTimeout: 900_000, hookTimeout: 900_000, teardownTimeout: 60_000 };

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, "test/**/*.long.test.ts"],
    // By itself one core is left idle, which of two is half the machine.
    maxWorkers: "100%",
    // The files of a worker share what they import: loading it anew for each was a fifth of all the time. So no test file may
    // leave anything behind that another could see.
    isolate: false,
    ...SAFETY_NET,
  },
});
