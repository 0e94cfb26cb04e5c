import { Writable } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { describePace, openProgress } from "../../cli/progress.js";
import { SAFETY_NET } from "../../vitest.config.js";
import { capturedTerminal } from "./captured-terminal.js";

describe("pace", () => {
  it.each([
    [{ done: 4_200_000, total: 8_400_000 }, 1000, "4.2 M events/s, 1 s left"],
    [{ done: 50_000, total: 4_000_000 }, 1000, "50 k events/s, 1 min 19 s left"],
    [{ done: 10, total: 100_000 }, 1000, "10 events/s, 2 h 46 min left"],
    [{ done: 3, total: undefined }, 2000, "1.5 events/s"],
    [{ done: 0, total: 10 }, 1000, ""],
  ])("of %o after %i ms is %s", (progress, elapsedMs, text) => {
    expect(describePace({ label: "run", unit: "events", ...progress }, elapsedMs)).toBe(text);
  });
});

describe("progress", () => {
  const at = (done: number) => ({ label: "run demo", done, total: 100, unit: "events" });

  it("is not shown when hidden", () => {
    const terminal = capturedTerminal();
    let now = 0;
    const progress = openProgress(terminal, { hidden: true, now: () => now });
    for (; now < 60_000; now += 1000) progress.update(at(now / 1000));
    expect(terminal.err + terminal.out).toBe("");
  });

  it("is a line now and then where stderr is no terminal, never on stdout", () => {
    const terminal = capturedTerminal();
    let now = 0;
    const progress = openProgress(terminal, { hidden: false, now: () => now });
    for (; now <= 12_000; now += 100) progress.update(at(now / 200));
    progress.stop();
    expect(terminal.out).toBe("");
    expect(terminal.err.split("\n")).toEqual(["run demo: 25 % 5.0 events/s, 15 s left", "run demo: 50 % 5.0 events/s, 10 s left", ""]);
  });

  it("is a line without a blank at its end where nothing is done yet, or the total is not known", () => {
    const terminal = capturedTerminal();
    let now = 0;
    const progress = openProgress(terminal, { hidden: false, now: () => now });
    const said: Parameters<typeof progress.update>[0][] = [
      { label: "checking", done: 0, total: 100, unit: "MB" },
      { label: "checking", done: 0, total: undefined, unit: "MB" },
      { label: "checking", done: 0, total: undefined, unit: "MB", detail: "a.csv" },
      { label: "checking", done: 40, total: undefined, unit: "MB", detail: "a.csv" },
      { label: "loading", done: 0, total: 0, unit: "tables" },
    ];
    for (const one of said) {
      progress.update(one);
      now += 5000;
      progress.update(one);
    }
    expect(terminal.err.split("\n")).toEqual([
      "checking: 0 %",
      "checking",
      "checking: (a.csv)",
      "checking: 2.0 MB/s (a.csv)",
      "loading",
      "",
    ]);
  });

  it("says nothing for a short command", () => {
    const terminal = capturedTerminal();
    let now = 0;
    const progress = openProgress(terminal, { hidden: false, now: () => now });
    for (; now < 4000; now += 100) progress.update(at(now / 40));
    expect(terminal.err).toBe("");
  });

  it("is a bar on a terminal, which is taken away at the end", async () => {
    let drawn = "";
    const stream = new Writable({
      write(chunk, _, done) {
        drawn += chunk;
        done();
      },
    });
    Object.assign(stream, { isTTY: true, columns: 100, cursorTo: () => true, clearLine: () => true, moveCursor: () => true });
    let now = 0;
    const progress = openProgress({ ...capturedTerminal(), barStream: stream }, { hidden: false, now: () => now });
    progress.update(at(0));
    now = 1000;
    progress.update(at(50));
    // The bar draws itself now and then.
    await vi.waitUntil(() => /run demo.*50 %.*50 events\/s, 1 s left/s.test(drawn), { timeout: SAFETY_NET.testTimeout });
    progress.stop();
  });
});
