import { AddressBook, type StreamKind } from "../../../engine/index.js";
import { writeRecording } from "../../../recorders/streams/index.js";
import { chunkOf } from "./small-run.js";

/** 2023-11-15T00:00:00Z */
export const RECORDED_START_MS = 1_700_006_400_000;
export const RECORDED_EPOCH_MS = 4_332_000;

/** A recording of one miner on subnet 7: `epochs` emissions and a sale of 2 alpha after every tenth. */
export async function writeMinerRecording(out: string, { epochs = 200, emissionRao = 1_000_000_000 } = {}): Promise<void> {
  const book = new AddressBook();
  const key = { hotkey: book.intern("recorded-hotkey"), coldkey: book.intern("recorded-coldkey") };
  const rows: Record<"emission" | "stake", Record<string, number>[]> = { emission: [], stake: [] };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const time_ms = RECORDED_START_MS + epoch * RECORDED_EPOCH_MS;
    rows.emission.push({ ...key, time_ms, block: 1000 + epoch * 361, netuid: 7, uid: 200, amount_rao: emissionRao + epoch });
    if (epoch % 10 === 0)
      rows.stake.push({
        ...key,
        time_ms: time_ms + 60_000,
        block: 1005 + epoch * 361,
        extrinsic: 3,
        event: 12,
        action: 1,
        netuid: 7,
        amount_rao: 2_000_000_000,
      });
  }
  await writeRecording({ out, inputs: [], book }, async (recording) => {
    for (const kind of ["stake", "emission"] as const satisfies StreamKind[]) {
      const writer = await recording.stream(kind);
      await writer.write(chunkOf(kind, rows[kind]));
    }
    return {
      source: { importer: "test", inputs: [], options: {}, netuids: [7], chain: null },
      coverage: "partial",
      figures: {},
      notes: [],
    };
  });
}

/** A recording of balances only: 100 rao, then 50 more every epoch, but for the fifth, where 30 are gone. */
export async function writeBalancesRecording(out: string): Promise<void> {
  const book = new AddressBook();
  const key = { hotkey: book.intern("recorded-hotkey"), coldkey: book.intern("recorded-coldkey") };
  let balance_rao = 100;
  const rows = Array.from({ length: 10 }, (_, epoch) => {
    if (epoch > 0) balance_rao += epoch === 5 ? -30 : 50;
    return { ...key, time_ms: RECORDED_START_MS + epoch * RECORDED_EPOCH_MS, block: 1000 + epoch * 361, netuid: 7, balance_rao };
  });
  await writeRecording({ out, inputs: [], book }, async (recording) => {
    await (await recording.stream("balances")).write(chunkOf("balances", rows));
    return {
      source: { importer: "test", inputs: [], options: {}, netuids: [7], chain: null },
      coverage: "partial",
      figures: {},
      notes: [],
    };
  });
}
