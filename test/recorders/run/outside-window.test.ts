import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runToSummary } from "../../../recorders/run/run.js";
import { parseScenario } from "../../../scenarios/index.js";
import { cases } from "../../cases.js";
import { DAY, pay, START, stake } from "../../engine/in-memory.js";
import { recordStreams } from "../importers/any-recorded-run.js";
import { useFolders } from "../results/sample-batches.js";

const folder = useFolders();
const iso = (timeMs: number) => new Date(timeMs).toISOString().replace(".000Z", "Z");

async function warningsOf(dir: string, time: string): Promise<readonly string[]> {
  const text = `name: late\ntime: ${time}\nsubnet: { netuid: 1 }\nstreams: [{ recorded: rec }]\nemission: replay\n`;
  return (await runToSummary(parseScenario(text, "late.yaml"), { data: dir })).warnings;
}

async function recorded(emissionDays: readonly number[], stakeDays: readonly number[]): Promise<string> {
  const dir = await folder();
  await recordStreams(join(dir, "rec"), [
    { kind: "emission", rows: emissionDays.map((day) => pay(START + day * DAY, "a", 1_000)) },
    { kind: "stake", rows: stakeDays.map((day) => stake(START + day * DAY, "added", "a", 500)) },
  ]);
  return dir;
}

describe("a run that takes nothing of what was recorded", () => {
  it("for it starts later, is told so first, with the rows there are and the start to set", async () => {
    const dir = await recorded([1, 2, 3], [2]);
    const warnings = await warningsOf(dir, `{ start: ${iso(START + 10 * DAY)} }`);
    const start = iso(START + DAY - 1);
    expect(warnings[0]).toBe(
      `time.start is ${iso(START + 10 * DAY)}, and all 4 rows of the recorded streams lie before it, from ${iso(START + DAY)} to ` +
        `${iso(START + 3 * DAY)}, so nothing of them is simulated. Set time.start to ${start}.`,
    );
    // What follows from it is no remedy.
    expect(warnings[1]).toBe("Nothing happens in the time of the run, so no epoch ends.");
    expect(warnings.join()).not.toContain("epochs: tempo");
    expect((await warningsOf(dir, `{ start: ${start} }`)).join()).not.toMatch(/nothing of them|Nothing happens|not read/);
  });

  it("for it ends earlier, is told so", async () => {
    const dir = await recorded([5], []);
    const [first] = await warningsOf(dir, `{ start: ${iso(START)}, end: ${iso(START + 4 * DAY)} }`);
    expect(first).toContain(`The run ends at ${iso(START + 4 * DAY)}, and the only row of the recorded streams lies after it`);
    expect(first).toContain(`at ${iso(START + 5 * DAY)} it takes all of them (time.end or time.days).`);
  });

  it("whatever was recorded and wherever the run lies: exactly when no event is read", async () => {
    const days = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 5 }).map((list) => list.sort((a, b) => a - b));
    await fc.assert(
      fc.asyncProperty(days, days, fc.integer({ min: 0, max: 21 }), fc.integer({ min: 1, max: 21 }), async (paid, done, from, length) => {
        fc.pre(paid.length + done.length > 0);
        const dir = await recorded(paid, done);
        const warnings = await warningsOf(dir, `{ start: ${iso(START + from * DAY)}, end: ${iso(START + (from + length) * DAY)} }`);
        const taken = [...paid.filter((day) => day > from), ...done.filter((day) => day >= from)].filter((day) => day <= from + length);
        const onOneSide = [...paid.map((day) => day > from), ...done.map((day) => day >= from)];
        const isOutside = taken.length === 0 && (onOneSide.every((after) => after) || onOneSide.every((after) => !after));
        expect(warnings.join().includes("so nothing of them is simulated")).toBe(isOutside);
        expect(warnings.join().includes("Nothing happens in the time of the run")).toBe(taken.length === 0);
      }),
      { numRuns: cases(15, 40) },
    );
  });
});
