import {
  AddressBook,
  type ColumnBatch,
  columnIndex,
  KEY_SWAPS,
  Positions,
  STAKE_ACTIONS,
  STAKE_DIRECTIONS,
  STAKE_STREAM,
  STREAMS,
} from "../../engine/index.js";
import type { RecordedStream } from "../streams/index.js";
import type { SkippedRows } from "./skipped-rows.js";

const KINDS = ["balances", "metagraph"] as const;
const SWAPS_KEYS: ReadonlySet<string> = new Set(KEY_SWAPS);
const [ADDED, REMOVED] = [STAKE_ACTIONS.indexOf("added"), STAKE_ACTIONS.indexOf("removed")];

/**
 * What recorded balances say is held at the very start of a run. They are the state after their block, so they hold its
 * stake events already (docs/explanation/total-order.md): an event of that instant is of the run only where no balance of
 * that instant holds it, position by position.
 */
export class HeldAtStart {
  /** A book of its own: reading ahead gives nobody another number in the run. */
  private readonly book = new AddressBook();
  private readonly told = new Positions(this.book);
  /** Of these every balance was recorded: a position without a row holds nothing. */
  private readonly whole = new Set<number>();

  /** @param addresses of the rows that are asked about */
  private constructor(
    private readonly addresses: AddressBook,
    private readonly startMs: number,
  ) {}

  /**
   * Reads the streams up to the start of the run.
   * @throws TenureError `TEN-STREAM-007`, `-009` to `-014`
   */
  static async of(streams: readonly RecordedStream[], addresses: AddressBook, startMs: number, signal?: AbortSignal): Promise<HeldAtStart> {
    const held = new HeldAtStart(addresses, startMs);
    const { book, told, whole } = held;
    for (const kind of KINDS) {
      const [netuidAt, hotkeyAt, coldkeyAt] = ["netuid", "hotkey", "coldkey"].map((name) => columnIndex(STREAMS[kind], name));
      for (const stream of streams.filter((one) => one.kind === kind)) {
        // A metagraph tells of owners' own stake alone.
        const isWhole = kind === "balances" && stream.coverage === "subnet";
        const read = new AddressBook();
        for await (const { columns, rows } of stream.openChunks(read)) {
          signal?.throwIfAborted();
          const times = columns[0] as Float64Array;
          const [netuids, hotkeys, coldkeys] = [netuidAt, hotkeyAt, coldkeyAt].map((at) => columns[at] as Int32Array);
          for (let row = 0; row < rows && times[row] <= startMs; row++) {
            if (times[row] < startMs) continue;
            const [hotkey, coldkey] = [hotkeys[row], coldkeys[row]].map((address) => book.intern(read.nameOf(address)));
            told.of(netuids[row], hotkey, coldkey);
            if (isWhole) whole.add(netuids[row]);
          }
          if (rows > 0 && times[rows - 1] > startMs) break;
        }
      }
    }
    return held;
  }

  /**
   * Of a chunk of stake rows, what is of the run of those at its very start. Of a move between a position whose balance is
   * told and one whose is not, the other's side is left: what came is added to it, what went is removed.
   * @param chunk in arrays of its own, which are written to
   * @param skipped takes what is not of the run
   */
  leave(chunk: ColumnBatch, skipped: SkippedRows): ColumnBatch {
    const times = chunk.columns[0] as Float64Array;
    if ((this.told.count === 0 && this.whole.size === 0) || chunk.rows === 0 || times[0] > this.startMs) return chunk;
    const values = Object.fromEntries(STAKE_STREAM.columns.map(({ name }, at) => [name, chunk.columns[at] as Float64Array]));
    const kept: number[] = [];
    for (let row = 0; row < chunk.rows; row++) {
      if (times[row] > this.startMs || this.keeps(values, row)) kept.push(row);
      else skipped.add(chunk, 1, row);
    }
    if (kept.length === chunk.rows) return chunk;
    const columns = chunk.columns.map((column) => {
      const shorter = column.slice(0, kept.length);
      kept.forEach((row, at) => {
        (shorter as Float64Array)[at] = (column as Float64Array)[row];
      });
      return shorter;
    });
    return { declaration: chunk.declaration, rows: kept.length, columns };
  }

  private keeps(of: Readonly<Record<string, Float64Array>>, row: number): boolean {
    const action = STAKE_ACTIONS[of.action[row]];
    const [netuid, hotkey, coldkey] = [of.netuid[row], of.hotkey[row], of.coldkey[row]];
    // Of what a swap of keys passes on, what balances at the start tell of is opened after it.
    if (SWAPS_KEYS.has(action)) return true;
    const leavesHeld = this.holds(netuid, hotkey, coldkey);
    if (STAKE_DIRECTIONS[action] !== "between") return !leavesHeld;
    const to = [of.to_netuid[row], of.to_hotkey[row], of.to_coldkey[row]];
    const [toNetuid, toHotkey, toColdkey] = [netuid, hotkey, coldkey].map((origin, at) => (to[at] < 0 ? origin : to[at]));
    const arrivesHeld = this.holds(toNetuid, toHotkey, toColdkey);
    if (leavesHeld === arrivesHeld) return !leavesHeld;
    of.action[row] = leavesHeld ? ADDED : REMOVED;
    if (leavesHeld) {
      [of.netuid[row], of.hotkey[row], of.coldkey[row]] = [toNetuid, toHotkey, toColdkey];
      if (of.to_amount_rao[row] !== 0) of.amount_rao[row] = of.to_amount_rao[row];
    }
    [of.to_netuid[row], of.to_hotkey[row], of.to_coldkey[row], of.to_amount_rao[row]] = [-1, -1, -1, 0];
    return true;
  }

  private holds(netuid: number, hotkey: number, coldkey: number): boolean {
    if (this.whole.has(netuid)) return true;
    const [knownHotkey, knownColdkey] = [hotkey, coldkey].map((address) => this.book.find(this.addresses.nameOf(address)));
    return knownHotkey !== undefined && knownColdkey !== undefined && this.told.has(netuid, knownHotkey, knownColdkey);
  }
}
