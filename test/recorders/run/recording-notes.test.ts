import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AddressBook } from "../../../engine/index.js";
import { runToSummary } from "../../../recorders/run/run.js";
import { writeRecording } from "../../../recorders/streams/index.js";
import { parseScenario } from "../../../scenarios/index.js";
import { useFolders } from "../results/sample-batches.js";
import { chunkOf } from "./small-run.js";

const folder = useFolders();
const START_MS = Date.parse("2025-01-01T00:00:00Z");
const UNEXPLAINED = "3 changes of stake have no event that explains them; written as unexplained.";

/** A recording of pay and prices that says something of itself. */
async function record(out: string, notes: readonly string[], priceNotes: readonly string[]): Promise<void> {
  const book = new AddressBook();
  const key = { hotkey: book.intern("hot"), coldkey: book.intern("cold") };
  await writeRecording({ out, inputs: [], book }, async (recording) => {
    const pay = { ...key, time_ms: START_MS + 3_600_000, block: 10, netuid: 1, uid: 0, amount_rao: 5_000 };
    await (await recording.stream("emission")).write(chunkOf("emission", [pay]));
    await (await recording.stream("price")).write(
      chunkOf("price", [{ time_ms: START_MS + 60_000, block: 5, netuid: 1, price_tao_per_alpha: 0.5 }]),
    );
    return {
      source: { importer: "test", inputs: [], options: {}, netuids: [1], chain: null },
      coverage: "subnet",
      figures: {},
      streamNotes: { price: priceNotes },
      notes: [...notes],
    };
  });
}

async function notesOf(dir: string, streams: string): Promise<readonly string[]> {
  const text = `name: notes\ntime: { start: 2025-01-01 }\nstreams: ${streams}\n`;
  const { warnings } = await runToSummary(parseScenario(text, "notes.yaml"), { data: dir });
  return warnings.filter((warning) => warning.includes("as its recording notes"));
}

describe("what a recording notes of itself", () => {
  it("is told by a run that rests on it, of the streams that the run reads", async () => {
    const dir = await folder();
    await record(join(dir, "rec"), [UNEXPLAINED], ["missing days: 2025-01-02"]);
    expect(await notesOf(dir, "[{ recorded: rec, name: mine }]")).toEqual([
      `mine, as its recording notes: ${UNEXPLAINED}`,
      "mine, as its recording notes: price: missing days: 2025-01-02.",
    ]);
    expect(await notesOf(dir, "[{ recorded: rec, kinds: [emission] }]")).toEqual([`rec, as its recording notes: ${UNEXPLAINED}`]);
  });

  it("is told once of one recording, and of each of two", async () => {
    const dir = await folder();
    await record(join(dir, "one"), [UNEXPLAINED], []);
    await record(join(dir, "two"), [UNEXPLAINED], []);
    const parts = "{ recorded: one, name: pay, kinds: [emission] }, { recorded: one, name: prices, kinds: [price] }";
    expect(await notesOf(dir, `[${parts}]`)).toEqual([`pay, as its recording notes: ${UNEXPLAINED}`]);
    expect(await notesOf(dir, "[{ recorded: one, kinds: [emission] }, { recorded: two, kinds: [price] }]")).toHaveLength(2);
  });

  it("is nothing where it notes nothing", async () => {
    const dir = await folder();
    await record(join(dir, "rec"), [], []);
    expect(await notesOf(dir, "[{ recorded: rec }]")).toEqual([]);
  });
});
