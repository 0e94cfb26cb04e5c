import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TenureError } from "../../engine/index.js";
import { type AnyRun, anyRun } from "./any-run.js";
import { run } from "./in-memory.js";

describe("audit: true", () => {
  it("finds nothing in any mode, and changes no byte of the results", () => {
    fc.assert(
      fc.property(anyRun, ({ config, streams }) => {
        const plain = outcome({ config, streams });
        expect(outcome({ config: { ...config, audit: true }, streams })).toEqual(plain);
      }),
      { numRuns: Number(process.env.RUNS ?? 250) },
    );
  });
});

/** Tables and summary, or the refusal. */
function outcome({ config, streams }: AnyRun): unknown {
  try {
    return run(config, streams);
  } catch (error) {
    if (error instanceof TenureError) return error.message;
    throw error;
  }
}
