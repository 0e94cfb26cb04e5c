import { expect, it } from "vitest";
import { interruptedOver } from "../../cli/commands/interrupted-run.js";
import { TenureError } from "../../engine/index.js";

const interrupted = new TenureError({ code: "TEN-RUN-001", what: "The run was interrupted." });

it("an interruption over a finished run says that it was kept", () => {
  const told = interruptedOver(interrupted, "runs/demo", true) as TenureError;
  expect(told).toMatchObject({ code: "TEN-RUN-001", place: { file: "runs/demo" } });
  expect(told.what).toContain("the earlier run in this folder was kept");
});

it("any other failure is told as it is", () => {
  expect(interruptedOver(interrupted, "runs/demo", false)).toBe(interrupted);
  const other = new TenureError({ code: "TEN-RUN-002", what: "Another." });
  expect(interruptedOver(other, "runs/demo", true)).toBe(other);
});
