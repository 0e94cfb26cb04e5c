import { expect, it } from "vitest";
import { TenureError } from "../../../engine/index.js";
import { unreadable } from "../../../recorders/importers/table/unreadable.js";

it("what a library fails with is the file's fault, and its name for it means nothing", () => {
  const found = "a damaged packed file";
  const failure = Object.assign(new Error("secret words"), { name: "AbortError" });
  const { signal } = new AbortController();
  for (const told of [{ found }, { found, signal }]) {
    expect(unreadable("x.gz", failure, told)).toMatchObject({ code: "TEN-IMPORT-016", place: { file: "x.gz" }, found });
  }
  expect(unreadable("x.gz", Object.assign(failure, { code: "EIO" }), { found })).toMatchObject({ found: "the disk failed" });
});

it("our own interruption, refusals and failures of the program pass unchanged", () => {
  const found = "a damaged packed file";
  const interruption = new AbortController();
  interruption.abort();
  const failure = new Error("The operation was aborted");
  expect(unreadable("x", failure, { found, signal: interruption.signal })).toBe(failure);
  const refusal = new TenureError({ code: "TEN-IMPORT-001", what: "The input cannot be read." });
  expect(unreadable("x", refusal, { found })).toBe(refusal);
  expect(unreadable("x", "text", { found })).toBe("text");
});
