import { SEAT_CHANGES } from "../../../engine/index.js";
import type { OpenRun } from "../../results/open-run.js";
import type { RunPosition } from "./run-positions.js";
import { TableCursor } from "./table-cursor.js";

/** A seat that passed from one position to another, as a swap of keys passes it. */
export interface SeatPass {
  readonly timeMs: number;
  readonly netuid: number;
  /** -1: several seats without a known uid may be meant. */
  readonly from: number;
  readonly to: number;
}

/** A key of a position, by which a swap takes positions and seats along. */
export type SwappedKey = "hotkey" | "coldkey";

/** Which seats passed on when, as the table `registrations` has it; and which keys sat and passed on nothing. */
export class SeatPasses {
  /** In order of time. */
  readonly passes: SeatPass[] = [];
  /** By subnet, kind of key and key: when it won (1) or lost (-1) a seat. */
  readonly #seats = new Map<string, { readonly timeMs: number; readonly change: number }[]>();

  private constructor(private readonly positions: readonly RunPosition[]) {}

  static async read(run: OpenRun, positions: readonly RunPosition[]): Promise<SeatPasses> {
    const read = new SeatPasses(positions);
    /** By subnet and uid, who sits there; seats without a known uid by subnet. */
    const seated = new Map<string, number>();
    const nowhere = new Map<number, Set<number>>();
    /** By subnet and hotkey, whose its seat is. */
    const owned = new Map<string, number>();
    const hotkeyOf = (position: number) => `${positions[position].netuid}/${positions[position].hotkey}`;
    const leave = (position: number, timeMs: number) => {
      if (owned.get(hotkeyOf(position)) === position) owned.delete(hotkeyOf(position));
      read.#note(timeMs, position, -1);
    };
    const rows = new TableCursor(run, "registrations");
    for (; await rows.refill(); rows.advance()) {
      const [timeMs, uid, position] = [rows.number("time_ms"), rows.number("uid"), rows.number("position")];
      const change = SEAT_CHANGES[rows.number("change")];
      const { netuid } = positions[position];
      const place = `${netuid}/${uid}`;
      const unknown = nowhere.get(netuid) ?? new Set();
      nowhere.set(netuid, unknown);
      if (change === "ownership") {
        const before = uid >= 0 ? (seated.get(place) ?? -1) : read.#onlyOneLike(position, unknown);
        read.passes.push({ timeMs, netuid, from: before, to: position });
        if (before >= 0) leave(before, timeMs);
        unknown.delete(before);
      }
      const sits = change === "registered" || change === "ownership";
      // Who sits and registers again gives up a seat without a known uid, or only changes owner.
      const again = change === "registered" ? (owned.get(hotkeyOf(position)) ?? -1) : -1;
      if (again >= 0) leave(again, timeMs);
      unknown.delete(again);
      if (sits) {
        owned.set(hotkeyOf(position), position);
        read.#note(timeMs, position, 1);
      } else leave(position, timeMs);
      if (uid === -1 && sits) unknown.add(position);
      else if (uid === -1) unknown.delete(position);
      else if (sits) seated.set(place, position);
      else if (seated.get(place) === position) seated.delete(place);
    }
    return read;
  }

  /**
   * Did a key pass on what sat by it to another at an instant? `unknown`: nothing sat by it then, or may not have.
   * @param key id of the address book
   */
  passedOn(kind: SwappedKey, netuid: number, key: number, toKey: number, timeMs: number): "yes" | "no" | "unknown" {
    const other = kind === "hotkey" ? "coldkey" : "hotkey";
    const passed = this.passes.some(({ timeMs: atMs, netuid: on, from, to }) => {
      if (atMs !== timeMs || on !== netuid || this.positions[to][kind] !== toKey) return false;
      return from === -1 || (this.positions[from][kind] === key && this.positions[from][other] === this.positions[to][other]);
    });
    if (passed) return "yes";
    let sits = 0;
    for (const seat of this.#seats.get(`${netuid} ${kind} ${key}`) ?? []) {
      if (seat.timeMs > timeMs) break;
      if (seat.timeMs === timeMs) return "unknown";
      sits += seat.change;
    }
    return sits > 0 ? "no" : "unknown";
  }

  #note(timeMs: number, position: number, change: number): void {
    const { netuid, hotkey, coldkey } = this.positions[position];
    for (const key of [`${netuid} hotkey ${hotkey}`, `${netuid} coldkey ${coldkey}`]) {
      const seats = this.#seats.get(key) ?? [];
      seats.push({ timeMs, change });
      this.#seats.set(key, seats);
    }
  }

  /** The one of some positions that differs from another in one key alone; -1: none does, or several. */
  #onlyOneLike(position: number, among: ReadonlySet<number>): number {
    const { hotkey, coldkey } = this.positions[position];
    const like = [...among].filter((one) => {
      return one !== position && (this.positions[one].hotkey === hotkey) !== (this.positions[one].coldkey === coldkey);
    });
    return like.length === 1 ? like[0] : -1;
  }
}
