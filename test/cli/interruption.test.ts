import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type Interruption, listenForInterruption } from "../../cli/interruption.js";

const listeners = () => [process.listenerCount("SIGINT"), process.listenerCount("SIGTERM")];

describe("an interruption", () => {
  let listening: Interruption | undefined;
  afterEach(() => listening?.close());

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s aborts once and gives its exit code; a second one ends the process", async (name, exitCode) => {
    const before = listeners();
    listening = listenForInterruption();
    expect(listening).toMatchObject({ exitCode: undefined });
    expect(listening.signal.aborted).toBe(false);
    // The signal itself would reach the test runner, too.
    process.listeners(name).at(-1)?.(name);
    expect(listening.signal.aborted).toBe(true);
    expect(listening.exitCode).toBe(exitCode);
    // Nobody listens any more, so the system's own way of ending the process is back.
    await setImmediate();
    expect(listeners()).toEqual(before);
  });

  it.each([
    ["SIGINT", "SIGINT"],
    ["SIGINT", "SIGTERM"],
    ["SIGTERM", "SIGINT"],
  ] as const)("by %s and in the same turn by %s ends the process", (first, second) => {
    const before = listeners();
    const kills: string[] = [];
    listening = listenForInterruption((name) => kills.push(name));
    const stop = (name: NodeJS.Signals) => process.listeners(name).at(-1)?.(name);
    stop(first);
    expect(kills).toEqual([]);
    stop(second);
    expect([kills, listeners()]).toEqual([[second], before]);
  });

  it("is not listened for after the command", () => {
    const before = listeners();
    listenForInterruption().close();
    expect(listeners()).toEqual(before);
  });
});
