import { describe, expect, it } from "vitest";
import { type ColumnBatch, RESULT_TABLES, type Simulation, type SimulationSummary, STREAMS } from "../../../engine/index.js";
import { type ChunkSource, drive } from "../../../recorders/run/drive.js";
import { makeBatch } from "../results/sample-batches.js";

const SUMMARY = { positions: 3 } as unknown as SimulationSummary;

function chunk(rows: number): ColumnBatch {
  return { declaration: STREAMS.price, rows, columns: [] };
}

describe("drive", () => {
  it("answers needs from the right stream, waits for the sink, passes progress and returns the summary", async () => {
    const log: string[] = [];
    function* simulation(): Simulation {
      const first = yield { kind: "need", stream: 1 };
      const second = yield { kind: "need", stream: 0 };
      const third = yield { kind: "need", stream: 1 };
      log.push(`${first?.rows} ${second?.rows} ${third?.rows}`);
      const batch = makeBatch(RESULT_TABLES.exits, 0, 2);
      yield { kind: "batch", table: "exits", batch };
      log.push("filled again");
      const answer = yield { kind: "progress", timeMs: 5, events: 7 };
      expect(answer).toBeUndefined();
      return SUMMARY;
    }
    const sources: ChunkSource[] = [
      { next: () => Promise.resolve(undefined) },
      (() => {
        let asked = 0;
        return { next: () => chunk(++asked) };
      })(),
    ];
    const sink = {
      async append() {
        log.push("append");
        await new Promise((resolve) => setImmediate(resolve));
        log.push("written");
      },
    };
    const summary = await drive(simulation(), sources, sink, {
      onProgress: (progress) => log.push(`${progress.timeMs} ${progress.events}`),
    });
    expect(summary).toBe(SUMMARY);
    expect(log).toEqual(["1 undefined 2", "append", "written", "filled again", "5 7"]);
  });

  it("lets signals through although the engine never waits", async () => {
    function* simulation(): Simulation {
      for (;;) yield { kind: "need", stream: 0 };
    }
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("enough")));
    await expect(drive(simulation(), [{ next: () => chunk(0) }], { append: () => undefined }, { signal: stop.signal })).rejects.toThrow(
      "enough",
    );
  });

  it("hands on what the simulation, a source or the sink throws", async () => {
    function* simulation(): Simulation {
      yield { kind: "need", stream: 0 };
      yield { kind: "batch", table: "exits", batch: makeBatch(RESULT_TABLES.exits, 0, 1) };
      throw new Error("engine");
    }
    const source = { next: () => chunk(1) };
    await expect(drive(simulation(), [source], { append: () => undefined })).rejects.toThrow("engine");
    await expect(drive(simulation(), [{ next: () => Promise.reject(new Error("source")) }], { append: () => undefined })).rejects.toThrow(
      "source",
    );
    await expect(drive(simulation(), [source], { append: () => Promise.reject(new Error("sink")) })).rejects.toThrow("sink");
  });
});
