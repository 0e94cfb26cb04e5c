import { TRANCHE, type TrancheStore } from "./tranche-store.js";

const { CELL_STRIDE, REMAINING, RECEIVED, ENTRY_MS, ID: TRANCHE_ID, ORIGIN_STRIDE } = TRANCHE;

/** A tranche taken out of the store, on its way into another list. */
export interface TrancheRecord {
  readonly remaining: number;
  readonly received: number;
  readonly entry: number;
  readonly tranche: number;
  /** Block, extrinsic and event that made it. */
  readonly origin: readonly number[];
}

/** What a list holds, oldest first; emptied tranches are left out. */
export function recordsOf(store: TrancheStore, list: number): TrancheRecord[] {
  const records: TrancheRecord[] = [];
  const cells = store.cells;
  for (let slot = store.head[list]; slot !== -1; slot = store.newer(list, slot)) {
    const cell = slot * CELL_STRIDE;
    if (cells[cell + REMAINING] === 0) continue;
    records.push({
      remaining: cells[cell + REMAINING],
      received: cells[cell + RECEIVED],
      entry: cells[cell + ENTRY_MS],
      tranche: cells[cell + TRANCHE_ID],
      origin: originOf(store, slot),
    });
  }
  return records;
}

export function originOf(store: TrancheStore, slot: number): readonly number[] {
  return [...store.origins.subarray(slot * ORIGIN_STRIDE, (slot + 1) * ORIGIN_STRIDE)];
}

/** Puts tranches into a list, which stays in order of (entry time, id). */
export function mergeRecords(store: TrancheStore, list: number, records: readonly TrancheRecord[]): void {
  if (records.length === 0) return;
  let ordered = [...records].sort(byEntry);
  const tail = store.tail[list];
  if (tail !== -1 && !isAfter(ordered[0], store.cells, tail * CELL_STRIDE)) {
    ordered = recordsOf(store, list).concat(ordered).sort(byEntry);
    store.clear(list);
  }
  for (const record of ordered) appendRecord(store, list, record);
}

function appendRecord(store: TrancheStore, list: number, record: TrancheRecord): void {
  const slot = store.append(list);
  const cell = slot * CELL_STRIDE;
  const cells = store.cells;
  cells[cell + REMAINING] = record.remaining;
  cells[cell + RECEIVED] = record.received;
  cells[cell + ENTRY_MS] = record.entry;
  cells[cell + TRANCHE_ID] = record.tranche;
  store.origins.set(record.origin, slot * ORIGIN_STRIDE);
}

function byEntry(a: TrancheRecord, b: TrancheRecord): number {
  return a.entry - b.entry || a.tranche - b.tranche;
}

function isAfter(record: TrancheRecord, cells: Float64Array, cell: number): boolean {
  const entry = cells[cell + ENTRY_MS];
  return record.entry > entry || (record.entry === entry && record.tranche > cells[cell + TRANCHE_ID]);
}
