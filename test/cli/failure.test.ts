import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { reportFailure } from "../../cli/failure.js";
import { formatJson } from "../../cli/json.js";
import { OutputLostError } from "../../cli/output-stream.js";
import { wantsColor } from "../../cli/terminal.js";
import { InvariantError, TenureError } from "../../engine/index.js";
import { ScenarioErrors } from "../../scenarios/index.js";
import { capturedTerminal, interruption } from "./captured-terminal.js";

async function fail(error: unknown, options: { json?: boolean; interrupted?: number } = {}) {
  const terminal = capturedTerminal();
  const context = { terminal, interruption: interruption(options.interrupted), exitCode: 0 };
  const exitCode = await reportFailure(error, context, { json: options.json ?? false });
  return { exitCode, out: terminal.out, err: terminal.err };
}

const refusal = new TenureError({
  code: "TEN-TEST-001",
  what: "The target is too high.",
  place: { file: "a.yaml", line: 3, column: 5 },
  found: 1.5,
  allowed: "above 0, at most 1",
  hint: "Try 0.9.",
});

describe("a failed command", () => {
  it("tells code, place, what, found, allowed and hint on stderr and answers 2", async () => {
    const { exitCode, out, err } = await fail(refusal);
    expect(exitCode).toBe(2);
    expect(out).toBe("");
    for (const part of ["TEN-TEST-001", "a.yaml:3:5", "too high", "1.5", "above 0, at most 1", "Try 0.9."]) expect(err).toContain(part);
    expect(err).not.toMatch(/^\s+at /m);
  });

  it("tells the same as JSON", async () => {
    const { exitCode, err } = await fail(refusal, { json: true });
    expect(exitCode).toBe(2);
    const { error, errors } = JSON.parse(err);
    expect(error).toEqual({
      code: "TEN-TEST-001",
      what: "The target is too high.",
      place: { file: "a.yaml", line: 3, column: 5 },
      found: 1.5,
      allowed: "above 0, at most 1",
      hint: "Try 0.9.",
    });
    expect(errors).toEqual([error]);
  });

  it("tells the first 20 of many refusals and how many more there are", async () => {
    const many = new ScenarioErrors(Array.from({ length: 100 }, (_, i) => new TenureError({ code: `TEN-TEST-${100 + i}`, what: "No." })));
    const { err } = await fail(many);
    expect(err.match(/TEN-TEST-/g)).toHaveLength(20);
    expect(err).toMatch(/and 80 more\n$/);
    const { errors, more } = JSON.parse((await fail(many, { json: true })).err);
    expect([errors.length, errors[19].code, more]).toEqual([20, "TEN-TEST-119", 80]);
  });

  it.each([
    ["ENOSPC", "write"],
    ["EDQUOT", "open"],
    ["EROFS", "open"],
    ["EACCES", "mkdir"],
    ["EIO", "rename"],
  ])("answers 74 when %s says that nothing can be written (%s)", async (code, syscall) => {
    const error = Object.assign(new Error(`${code}: no, 'x'`), { code, syscall, path: "x" });
    const { exitCode, err } = await fail(error);
    expect(exitCode).toBe(74);
    expect(err).toContain("TEN-CLI-002");
  });

  it.each(["TEN-RESULT-001", "TEN-RESULT-011", "TEN-STREAM-017", "TEN-CLI-008", "TEN-REPORT-022", "TEN-GUARD-025"])(
    "answers 74 for %s",
    async (code) => {
      expect((await fail(new TenureError({ code, what: "No." }))).exitCode).toBe(74);
      expect((await fail(new TenureError({ code, what: "No." }), { interrupted: 130 })).exitCode).toBe(130);
    },
  );

  it("answers 74 when stdout takes nothing", async () => {
    const { exitCode, err } = await fail(new OutputLostError(1, new Error("ENOSPC: no space left on device, write")), { json: true });
    expect(exitCode).toBe(74);
    expect(JSON.parse(err).error).toMatchObject({ code: "TEN-CLI-007", place: { file: "stdout" } });
  });

  it.each(["EMFILE", "ENFILE"])("says that there are no more file handles: %s", async (code) => {
    const { exitCode, err } = await fail(Object.assign(new Error(`${code}: too many open files, open 'x'`), { code, path: "x" }));
    expect(exitCode).toBe(2);
    expect(err).toMatch(/TEN-CLI-009 {2}x[\s\S]*ulimit -n/);
  });

  it("a package that is not there is a bug where files can be opened", async () => {
    expect((await fail(Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" }))).exitCode).toBe(70);
  });

  it("a NUL in a path is bad input", async () => {
    const error = await readFile("a\0b").catch((thrown: unknown) => thrown);
    const { exitCode, err } = await fail(error);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/TEN-CLI-010[\s\S]*NUL/);
    expect(err).not.toContain("\0");
  });

  it.each(["ENOENT", "EACCES", "EISDIR"])("answers 2 when the machine says %s", async (code) => {
    const error = Object.assign(new Error(`${code}: no, 'x'`), { code, syscall: "open", path: "x" });
    const { exitCode, err } = await fail(error);
    expect(exitCode).toBe(2);
    expect(err).toContain("TEN-CLI-002");
    expect(err).toContain(code);
  });

  it.each([
    new InvariantError("lost a rao"),
    new TypeError("x is not a function"),
    "thrown text",
    Object.assign(new Error("bad"), { code: "ERR_X" }),
  ])("answers 70 for a bug and asks to report it: %s", async (error) => {
    const { exitCode, err } = await fail(error);
    expect(exitCode).toBe(70);
    expect(err).toContain("report");
    expect(err).not.toMatch(/^\s+at /m);
  });

  it("shows where a bug happened when TENURE_DEBUG=1", async () => {
    process.env.TENURE_DEBUG = "1";
    try {
      expect((await fail(new TypeError("x"))).err).toMatch(/^\s+at /m);
    } finally {
      delete process.env.TENURE_DEBUG;
    }
  });

  it("answers 130 when it was interrupted", async () => {
    const { exitCode, err } = await fail(new DOMException("This operation was aborted", "AbortError"), { interrupted: 130 });
    expect(exitCode).toBe(130);
    expect(err).toContain("Interrupted");
  });
});

it("JSON keeps integers past 2^53", () => {
  expect(formatJson({ sum: 2n ** 60n })).toBe('{\n  "sum": "1152921504606846976"\n}\n');
});

describe("colour", () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ TERM: "dumb" }, true, false],
  ])("with %o on a terminal (%s): %s", (environment, isTerminal, wanted) => expect(wantsColor(environment, isTerminal)).toBe(wanted));
});
