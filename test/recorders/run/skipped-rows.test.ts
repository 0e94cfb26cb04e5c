import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STAKE_ACTIONS } from "../../../engine/index.js";
import { runToSummary } from "../../../recorders/run/run.js";
import { parseScenario } from "../../../scenarios/index.js";
import { cases } from "../../cases.js";
import { DAY, pay, type Row, START, stake } from "../../engine/in-memory.js";
import { recordStreams } from "../importers/any-recorded-run.js";
import { useFolders } from "../results/sample-batches.js";

const folder = useFolders();

/** What the run says of rows before a start, by stream. */
async function told(dir: string, startMs: number): Promise<readonly string[]> {
  const time = `{ start: ${new Date(startMs).toISOString()}, end: ${new Date(START + 90 * DAY).toISOString()} }`;
  const text = `name: late\ntime: ${time}\nsubnet: { netuid: 1 }\nstreams: [{ recorded: rec }]\nemission: replay\n`;
  const { warnings } = await runToSummary(parseScenario(text, "late.yaml"), { data: dir });
  return warnings.filter((warning) => warning.includes("up to the start"));
}

describe("rows before the start of a run", () => {
  it("are told by stream: how many, from when and of how much stake or pay, whatever they were and wherever the start is", async () => {
    const dir = await folder();
    let number = 0;
    const IN = ["added", "opened"];
    const PASSED = ["moved", "swapped", "transferred"];
    // Of thirty such amounts no position can hold too much.
    const event = fc.record({
      day: fc.integer({ min: 1, max: 60 }),
      action: fc.constantFrom("pay", ...STAKE_ACTIONS),
      rao: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 2 ** 48 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 61 }), async (events, startDay) => {
        const data = join(dir, String(number++));
        const rows = events.sort((a, b) => a.day - b.day).map((one) => ({ ...one, timeMs: START + one.day * DAY }));
        const emission = rows.filter(({ action }) => action === "pay").map(({ timeMs, rao }) => pay(timeMs, "a", rao));
        const stakes = rows
          .filter(({ action }) => action !== "pay")
          .map(({ timeMs, action, rao }): Row => {
            const to = action === "hotkey_swapped" ? { to_hotkey: "b" } : action === "coldkey_swapped" ? { to_coldkey: "c" } : {};
            const other = action === "swapped" ? { to_netuid: 2, to_amount_rao: rao } : to;
            return stake(timeMs, action, "a", action.endsWith("key_swapped") ? 0 : rao, other);
          });
        await recordStreams(join(data, "rec"), [
          { kind: "emission", rows: emission },
          { kind: "stake", rows: stakes },
        ]);
        const startMs = START + startDay * DAY;
        // Pay at the start is of the epoch before; what was done then is of the run.
        const paid = rows.filter(({ action, timeMs }) => action === "pay" && timeMs <= startMs);
        const done = rows.filter(({ action, timeMs }) => action !== "pay" && timeMs < startMs);
        const sum = (of: typeof rows) =>
          of.reduce((total, { action, rao }) => total + (action.endsWith("key_swapped") ? 0n : BigInt(rao)), 0n);
        const text = (name: string, of: typeof rows, amounts: string) => {
          const count = of.length === 1 ? "1 row up to the start of the run was" : `${of.length} rows up to the start of the run were`;
          const first = new Date(of[0].timeMs).toISOString().replace(".000Z", "Z");
          return `rec/${name}: ${count} not read, the first of ${first}: ${amounts}.`;
        };
        const expected: string[] = [];
        if (done.length > 0) {
          const came = sum(done.filter(({ action }) => IN.includes(action)));
          const moved = sum(done.filter(({ action }) => PASSED.includes(action)));
          const amounts = `${came} rao of stake that came in, ${sum(done) - came - moved} that went out, ${moved} that was moved or transferred`;
          expected.push(text("stake", done, amounts));
        }
        if (paid.length > 0) expected.push(text("emission", paid, `${sum(paid)} rao of emission`));
        const firstMs = Math.min(...[...paid, ...done].map(({ timeMs }) => timeMs));
        if (expected.length > 0) {
          const hinted = new Date(firstMs - 1).toISOString();
          expected.push(`To have the rows up to the start read, set time.start to ${hinted}.`);
        }
        expect([...(await told(data, startMs))].sort()).toEqual(expected.sort());
        if (expected.length > 0) expect(await told(data, firstMs - 1)).toEqual([]);
      }),
      { numRuns: cases(15, 40) },
    );
  });
});
