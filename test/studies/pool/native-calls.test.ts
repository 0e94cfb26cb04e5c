import { describe, expect, it } from "vitest";
import { NativeCalls } from "../../../studies/pool/native-calls.js";

describe("native calls", () => {
  it("are waited for, and none begins once it is to stop", async () => {
    const pool = new NativeCalls();
    const thread = new NativeCalls(pool.buffer);
    const told: string[] = [];
    let finish = (): void => undefined;
    const call = thread.make(() => new Promise<void>((done) => (finish = done))).then(() => told.push("called"));
    const stopped = pool.stop().then(() => told.push("stopped"));
    await expect(thread.make(async () => told.push("late"))).rejects.toThrow("stopped");
    finish();
    await Promise.all([call, stopped]);
    expect(told).toEqual(["called", "stopped"]);
  });

  it("that fail are over", async () => {
    const calls = new NativeCalls();
    await expect(calls.make(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await calls.make(async () => 7)).toBe(7);
    await calls.stop();
  });
});
