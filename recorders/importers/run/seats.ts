import { type RegistryAction, SEAT_CHANGES } from "../../../engine/index.js";
import type { OpenRun } from "../../results/open-run.js";
import type { Provenance } from "./event-order.js";
import type { RunPosition } from "./run-positions.js";
import type { StakeEventRow } from "./stake-events.js";
import { TableCursor } from "./table-cursor.js";

/** A row of the registry stream; ids of the address book. */
export interface SeatRow extends Provenance {
  readonly action: RegistryAction;
  readonly netuid: number;
  readonly uid: number;
  readonly hotkey: number;
  readonly coldkey: number;
}

/** Who sat where when, as the table `registrations` has it. */
export class Seats {
  readonly #told: SeatRow[] = [];
  /** By subnet and hotkey: the uids it was given, and when. */
  readonly #given = new Map<string, { readonly timeMs: number; readonly uid: number }[]>();
  /** By subnet and hotkey: since when it counts as seated for its pay, on a uid that nobody knows. */
  readonly #nowhere = new Map<string, number>();
  /** By subnet and hotkey: who was paid as a miner and had no seat till then, though there is a registry. */
  readonly #unseated = new Map<string, SeatRow>();
  /** By instant, the stake rows that swap keys and have a place in their block, in its order. */
  readonly #swaps = new Map<number, StakeEventRow[]>();

  private constructor() {}

  static async read(run: OpenRun, positions: readonly RunPosition[]): Promise<Seats> {
    const seats = new Seats();
    /** By subnet and uid: the coldkey of who sits there. */
    const owners = new Map<string, number>();
    const rows = new TableCursor(run, "registrations");
    for (; await rows.refill(); rows.advance()) {
      const change = SEAT_CHANGES[rows.number("change")];
      const uid = rows.number("uid");
      const { netuid, hotkey, coldkey, paidRao } = positions[rows.number("position")];
      // Who is seated replaces who sat there; that needs no row of its own.
      if (change === "replaced") continue;
      // Seated because it was recorded to be paid, since before the registry began, and nobody knows where: its pay says so
      // again. A row would give it the lowest uid that is free, from which the next who is seated there would drive it. Whom the
      // run paid nothing has no pay to say it.
      if (change === "registered" && uid === -1 && paidRao > 0n) {
        seats.#nowhere.set(`${netuid}/${hotkey}`, rows.number("time_ms"));
        continue;
      }
      const place = `${netuid}/${uid}`;
      const action =
        change === "ownership" ? (owners.get(place) === coldkey ? "hotkey_swapped" : "coldkey_swapped") : (change as RegistryAction);
      const provenance = { timeMs: rows.number("time_ms"), block: rows.number("block"), extrinsic: -1, event: -1 };
      seats.#told.push({ ...provenance, action, netuid, uid, hotkey, coldkey });
      if (action === "deregistered") continue;
      owners.set(place, coldkey);
      seats.#give(`${netuid}/${hotkey}`, rows.number("time_ms"), uid);
    }
    return seats;
  }

  /**
   * The uid of a hotkey that is paid at an instant: that of its last seat, also if it has left it. Seats of the same
   * instant are given after pay, but to who was seated because it was paid. -1: none.
   */
  uidOf(netuid: number, hotkey: number, timeMs: number): number {
    const given = this.#given.get(`${netuid}/${hotkey}`);
    if (given === undefined) return -1;
    const before = given.findLast((seat) => seat.timeMs < timeMs) ?? given[0];
    return before.timeMs <= timeMs ? before.uid : -1;
  }

  /**
   * Notes who is paid as a miner. One that no seat was given to till then had lost it before the run knew of any: a replay would
   * seat it for its pay, so it is told to be unseated a millisecond before.
   */
  paidAsMiner({ netuid, hotkey, coldkey }: RunPosition, timeMs: number): void {
    const key = `${netuid}/${hotkey}`;
    if (this.#unseated.has(key)) return;
    const nowhereMs = this.#nowhere.get(key);
    const given = this.#given.get(key);
    if ((nowhereMs !== undefined && nowhereMs <= timeMs) || (given !== undefined && given[0].timeMs <= timeMs)) return;
    const provenance = { timeMs: timeMs - 1, block: -1, extrinsic: -1, event: -1 };
    this.#unseated.set(key, { ...provenance, action: "deregistered", netuid, uid: -1, hotkey, coldkey });
  }

  /** Notes stake rows as they were written: those that swap keys pass seats on, so what happens to seats stands before or after them. */
  noteSwaps(rows: readonly StakeEventRow[]): void {
    for (const row of rows) {
      if (row.extrinsic < 0 || (row.action !== "hotkey_swapped" && row.action !== "coldkey_swapped")) continue;
      const swaps = this.#swaps.get(row.timeMs) ?? [];
      swaps.push(row);
      this.#swaps.set(row.timeMs, swaps);
    }
  }

  /** Rows that make the same seats when they are replayed, in order of time; known when all pay and all swaps of keys were noted. */
  get rows(): readonly SeatRow[] {
    const rows = [...this.#unseated.values(), ...this.#told].sort((a, b) => a.timeMs - b.timeMs);
    let swap: StakeEventRow | undefined;
    return rows.map((row) => {
      if (swap?.timeMs !== row.timeMs) swap = undefined;
      const swaps = this.#swaps.get(row.timeMs) ?? [];
      // The table has rows in their order, so those after a seat that a swap passed on came after the swap.
      swap = swaps.slice(swap === undefined ? 0 : swaps.indexOf(swap)).find((one) => passedOn(one, row)) ?? swap;
      return swap === undefined ? row : { ...row, extrinsic: swap.extrinsic, event: swap.event };
    });
  }

  #give(key: string, timeMs: number, uid: number): void {
    const given = this.#given.get(key) ?? [];
    given.push({ timeMs, uid });
    this.#given.set(key, given);
  }
}

/** Is it the seat that a swap of keys passes on to? */
function passedOn(swap: StakeEventRow, { action, netuid, hotkey, coldkey }: SeatRow): boolean {
  if (swap.action !== action || swap.netuid !== netuid) return false;
  return action === "hotkey_swapped" ? swap.toHotkey === hotkey : swap.toColdkey === coldkey;
}
