import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runInProcess } from "../cli/run-in-process.js";
import { DAY, pay, START } from "../engine/in-memory.js";
import { recordStreams } from "../recorders/importers/any-recorded-run.js";
import { useFolders } from "../recorders/results/sample-batches.js";

const folder = useFolders();
const iso = (timeMs: number) => new Date(timeMs).toISOString();

/** A run of so many recorded and so many made-up miners: its summary as text and as JSON. */
async function summaryOf(recorded: number, synthetic: number) {
  const dir = await folder();
  const names = Array.from({ length: recorded }, (_, at) => `recorded-${at}`);
  await recordStreams(join(dir, "data", "rec"), [
    { kind: "emission", rows: [1, 2].flatMap((day) => names.map((name) => pay(START + day * DAY, name, 1_000_000))) },
  ]);
  const made = `  - { synthetic: subnet, name: peers, miners: ${synthetic}, registry: false }\n`;
  const scenario = `name: hybrid
time: { start: ${iso(START)}, end: ${iso(START + 3 * DAY)} }
subnet: { netuid: 1 }
streams:
${recorded === 0 ? "" : "  - { recorded: rec, coverage: subnet }\n"}${synthetic === 0 ? "" : made}`;
  await writeFile(join(dir, "hybrid.yaml"), scenario);
  const run = async (...more: string[]): Promise<string> => {
    const args = ["run", join(dir, "hybrid.yaml"), "--data", join(dir, "data"), "--out", join(dir, "run"), "--no-duckdb", ...more];
    const { code, out, err } = await runInProcess(args);
    expect([code, err]).toEqual([0, ""]);
    return out;
  };
  const line = /^ {2}miners +(.*)$/m.exec(await run())?.[1];
  return { line, origins: JSON.parse(await run("--json")).miner_origins };
}

describe("the end of a run of recorded and made-up miners", () => {
  it("names the recorded ones where they are few", async () => {
    expect(await summaryOf(1, 12)).toEqual({
      line: "1 recorded (recorded-0), 12 synthetic",
      origins: { recorded: 1, synthetic: 12, recorded_hotkeys: ["recorded-0"] },
    });
    expect((await summaryOf(3, 2)).line).toBe("3 recorded (recorded-0, recorded-1, recorded-2), 2 synthetic");
  });

  it("counts them where they are many", async () => {
    expect(await summaryOf(4, 2)).toEqual({
      line: "4 recorded, 2 synthetic",
      origins: { recorded: 4, synthetic: 2, recorded_hotkeys: [] },
    });
  });

  it("says nothing where all are of one origin", async () => {
    for (const [recorded, synthetic] of [
      [2, 0],
      [0, 2],
    ]) {
      expect(await summaryOf(recorded, synthetic)).toEqual({ line: undefined, origins: null });
    }
  });
});
