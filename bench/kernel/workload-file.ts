import { open, readFile } from "node:fs/promises";
import type { Workload } from "./workload.js";

/**
 * Writes a workload for the processes that run it, in the byte order of the machine: five int64 (miners, epochs, start and
 * length of an epoch in ms, manual events), then the columns whole: float64 emission, event time, event amount; int32
 * event miner.
 */
export async function writeWorkload(path: string, workload: Workload): Promise<void> {
  const { miners, epochs, startMs, epochMs, emissionRao, eventMs, eventRao, eventMiner } = workload;
  const header = BigInt64Array.from([miners, epochs, startMs, epochMs, eventMs.length].map(BigInt));
  const file = await open(path, "w");
  try {
    for (const { buffer, byteOffset, byteLength } of [header, emissionRao, eventMs, eventRao, eventMiner]) {
      await file.writeFile(new Uint8Array(buffer, byteOffset, byteLength));
    }
  } finally {
    await file.close();
  }
}

/** Reads what `writeWorkload` wrote. */
export async function readWorkload(path: string): Promise<Workload> {
  const { buffer, byteOffset } = await readFile(path);
  let at = byteOffset;
  const take = <T>(Column: new (buffer: ArrayBufferLike, at: number, length: number) => T, bytes: number, length: number): T => {
    const column = new Column(buffer, at, length);
    at += bytes * length;
    return column;
  };
  const [miners, epochs, startMs, epochMs, events] = [...take(BigInt64Array, 8, 5)].map(Number);
  return {
    miners,
    epochs,
    startMs,
    epochMs,
    emissionRao: take(Float64Array, 8, miners * epochs),
    eventMs: take(Float64Array, 8, events),
    eventRao: take(Float64Array, 8, events),
    eventMiner: take(Int32Array, 4, events),
  };
}
