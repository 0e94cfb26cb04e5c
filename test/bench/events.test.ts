import { expect, test } from "vitest";
import { measureEvents } from "../../bench/events/measure-events.js";

test("the recorder's readers of events and keys say what polkadot.js says", async () => {
  const { runtimes } = await measureEvents({ folder: "", quick: true, progress: () => undefined });
  expect(runtimes.length).toBeGreaterThan(0);
  for (const { events, read } of runtimes) {
    expect(read).toBeGreaterThan(50);
    expect(events).toBeGreaterThan(read);
  }
});
