import {
  AddressBook,
  type ColumnBatch,
  columnIndex,
  KEY_SWAPS,
  Positions,
  STAKE_ACTIONS,
  STAKE_DIRECTIONS,
  STAKE_STREAM,
  type StreamKind,
} from "../../engine/index.js";
import type { RecordedStream } from "../streams/index.js";
import type { SkippedRows } from "./skipped-rows.js";

const STATES = ["balances", "metagraph"] as const;
const SWAPS_KEYS: ReadonlySet<string> = new Set(KEY_SWAPS);
const [ADDED, REMOVED] = [STAKE_ACTIONS.indexOf("added"), STAKE_ACTIONS.indexOf("removed")];

/** A stream, and whether the scenario takes it for the whole subnet. */
export interface CoveredStream {
  readonly recorded: RecordedStream;
  readonly coverage: "subnet" | "partial";
}

/** A swap of keys at the start; names of addresses. */
interface KeySwap {
  readonly extrinsic: number;
  readonly event: number;
  readonly isHotkey: boolean;
  /** -1: on all. */
  readonly netuid: number;
  readonly from: string;
  readonly to: string;
}

interface Key {
  readonly netuid: number;
  readonly hotkey: string;
  readonly coldkey: string;
}

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
  private readonly swaps: KeySwap[] = [];

  /** @param addresses of the rows that are asked about */
  private constructor(
    private readonly addresses: AddressBook,
    private readonly startMs: number,
  ) {}

  /**
   * Reads the streams up to the start of the run.
   * @param streams of all recordings of the scenario
   * @throws TenureError `TEN-STREAM-007`, `-009` to `-014`
   */
  static async of(streams: readonly CoveredStream[], addresses: AddressBook, startMs: number, signal?: AbortSignal): Promise<HeldAtStart> {
    const held = new HeldAtStart(addresses, startMs);
    const ofKind = (kind: StreamKind) => streams.filter(({ recorded }) => recorded.kind === kind);
    // Only beside stake events does it matter.
    if (ofKind("stake").length === 0) return held;
    for (const kind of STATES) {
      for (const { recorded, coverage } of ofKind(kind)) {
        // A metagraph tells of owners' own stake alone.
        const isWhole = kind === "balances" && coverage === "subnet";
        await held.readStart(recorded, signal, (key) => held.noteState(key, isWhole));
      }
    }
    if (held.told.count === 0) return held;
    for (const { recorded } of ofKind("stake")) await held.readStart(recorded, signal, (key, row) => held.noteSwap(key, row));
    held.swaps.sort((a, b) => a.extrinsic - b.extrinsic || a.event - b.event);
    return held;
  }

  /** Hands over the rows at the very start, and reads no further. */
  private async readStart(
    stream: RecordedStream,
    signal: AbortSignal | undefined,
    take: (key: Key, row: { number(column: string): number; address(column: string): string }) => void,
  ): Promise<void> {
    const read = new AddressBook();
    for await (const { columns, rows, declaration } of stream.openChunks(read)) {
      signal?.throwIfAborted();
      const times = columns[0] as Float64Array;
      for (let row = 0; row < rows && times[row] <= this.startMs; row++) {
        if (times[row] < this.startMs) continue;
        const number = (column: string) => (columns[columnIndex(declaration, column)] as Float64Array)[row];
        const address = (column: string) => read.nameOf(number(column));
        take({ netuid: number("netuid"), hotkey: address("hotkey"), coldkey: address("coldkey") }, { number, address });
      }
      if (rows > 0 && times[rows - 1] > this.startMs) return;
    }
  }

  private noteState({ netuid, hotkey, coldkey }: Key, isWhole: boolean): void {
    this.told.of(netuid, this.book.intern(hotkey), this.book.intern(coldkey));
    if (isWhole) this.whole.add(netuid);
  }

  private noteSwap({ netuid, hotkey, coldkey }: Key, row: { number(column: string): number; address(column: string): string }): void {
    const action = STAKE_ACTIONS[row.number("action")];
    if (!SWAPS_KEYS.has(action)) return;
    const [extrinsic, event] = [row.number("extrinsic"), row.number("event")];
    const isHotkey = action === "hotkey_swapped";
    const [from, to] = isHotkey ? [hotkey, row.address("to_hotkey")] : [coldkey, row.address("to_coldkey")];
    this.swaps.push({ extrinsic, event, isHotkey, netuid, from, to });
  }

  /**
   * Of a chunk of stake rows, what is of the run of those at its very start. Of a move between a position whose balance is
   * told and one whose is not, the other's side is left: what came is added to it, what went is removed.
   * @param chunk in arrays of its own, which are written to
   * @param skipped takes what is not of the run
   */
  leave(chunk: ColumnBatch, skipped: SkippedRows): ColumnBatch {
    const times = chunk.columns[0] as Float64Array;
    if (this.told.count === 0 || chunk.rows === 0 || times[0] > this.startMs) return chunk;
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
    // Of what a swap of keys passes on, what balances at the start tell of is opened after it.
    if (SWAPS_KEYS.has(action)) return true;
    const place = { extrinsic: of.extrinsic[row], event: of.event[row] };
    const [netuid, hotkey, coldkey] = [of.netuid[row], of.hotkey[row], of.coldkey[row]];
    const leavesHeld = this.holds(netuid, hotkey, coldkey, place);
    if (STAKE_DIRECTIONS[action] !== "between") return !leavesHeld;
    const to = [of.to_netuid[row], of.to_hotkey[row], of.to_coldkey[row]];
    const [toNetuid, toHotkey, toColdkey] = [netuid, hotkey, coldkey].map((origin, at) => (to[at] < 0 ? origin : to[at]));
    const arrivesHeld = this.holds(toNetuid, toHotkey, toColdkey, place);
    if (leavesHeld === arrivesHeld) return !leavesHeld;
    // What arrives on another subnet must be known; a row that does not say it is refused as a whole.
    if (toNetuid !== netuid && of.to_amount_rao[row] === 0) return true;
    of.action[row] = leavesHeld ? ADDED : REMOVED;
    if (leavesHeld) {
      [of.netuid[row], of.hotkey[row], of.coldkey[row]] = [toNetuid, toHotkey, toColdkey];
      if (of.to_amount_rao[row] !== 0) of.amount_rao[row] = of.to_amount_rao[row];
    }
    [of.to_netuid[row], of.to_hotkey[row], of.to_coldkey[row], of.to_amount_rao[row]] = [-1, -1, -1, 0];
    return true;
  }

  /** Is what a position did there in a balance at the start: its own, or one under the keys that it has at the end of the instant? */
  private holds(netuid: number, hotkey: number, coldkey: number, { extrinsic, event }: Pick<KeySwap, "extrinsic" | "event">): boolean {
    if (this.whole.has(netuid)) return true;
    let key: Key = { netuid, hotkey: this.addresses.nameOf(hotkey), coldkey: this.addresses.nameOf(coldkey) };
    for (const swap of this.swaps) {
      if (swap.extrinsic < extrinsic || (swap.extrinsic === extrinsic && swap.event < event)) continue;
      if (swap.netuid >= 0 && swap.netuid !== netuid) continue;
      if (swap.isHotkey && swap.from === key.hotkey) key = { ...key, hotkey: swap.to };
      else if (!swap.isHotkey && swap.from === key.coldkey) key = { ...key, coldkey: swap.to };
    }
    const [knownHotkey, knownColdkey] = [this.book.find(key.hotkey), this.book.find(key.coldkey)];
    return knownHotkey !== undefined && knownColdkey !== undefined && this.told.has(netuid, knownHotkey, knownColdkey);
  }
}
