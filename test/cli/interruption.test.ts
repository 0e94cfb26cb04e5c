import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Interruption, listenForInterruption } from "../../cli/interruption.js";

const listeners = () => [process.listenerCount("SIGINT"), process.listenerCount("SIGTERM")];
/** The signal itself would reach the test runner, too. */
const send = (name: NodeJS.Signals) => process.listeners(name).at(-1)?.(name);

describe("an interruption", () => {
  let listening: Interruption | undefined;
  const end = vi.fn();
  beforeEach(() => {
    vi.useFakeTimers();
    end.mockClear();
  });
  afterEach(() => {
    listening?.close();
    vi.useRealTimers();
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s aborts once and gives its exit code; a second one ends the process", async (name, exitCode) => {
    const before = listeners();
    listening = listenForInterruption(end);
    expect(listening).toMatchObject({ exitCode: undefined });
    expect(listening.signal.aborted).toBe(false);
    send(name);
    expect(listening.signal.aborted).toBe(true);
    expect(listening.exitCode).toBe(exitCode);
    // The same Ctrl-C, sent on by npm: neither told nor left to the system.
    vi.advanceTimersByTime(990);
    send(name);
    send(name === "SIGINT" ? "SIGTERM" : "SIGINT");
    expect(listeners()).not.toEqual(before);
    expect(end).not.toHaveBeenCalled();
    // Nobody listens any more, so the system's own way of ending the process is back.
    vi.advanceTimersByTime(20);
    expect(listeners()).toEqual(before);
  });

  it("ends the process when the command does not, also after it seemed to have ended", () => {
    for (const isClosed of [false, true]) {
      listening = listenForInterruption(end);
      expect(listening.signal.aborted).toBe(false);
      send("SIGTERM");
      if (isClosed) listening.close();
      vi.advanceTimersByTime(4_900);
      expect(end).not.toHaveBeenCalled();
      vi.advanceTimersByTime(200);
      expect(end.mock.calls).toEqual([["SIGTERM"]]);
      end.mockClear();
    }
    listening = listenForInterruption(end);
    listening.allow(12_000);
    expect(listening.signal.aborted).toBe(false);
    send("SIGINT");
    vi.advanceTimersByTime(11_900);
    expect(end).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(end.mock.calls).toEqual([["SIGINT"]]);
  });

  it("is listened for only by who asks, and not after the command", () => {
    const before = listeners();
    listening = listenForInterruption(end);
    expect(listeners()).toEqual(before);
    expect(listening.signal.aborted).toBe(false);
    expect(listeners()).not.toEqual(before);
    listening.close();
    expect(listeners()).toEqual(before);
  });
});
