import type { OpenRun } from "../../../recorders/index.js";
import { choiceNames, numberColumn } from "../../reading/columns.js";

/** Something that happened to a position: what left it, what came to it, or to its seat. */
export interface OwnEvent {
  readonly time_ms: number;
  /** A reason of `exits`, a flow of `flows`, or a change of `registrations`. */
  readonly event: string;
  /** 0 of a seat. */
  readonly amount_rao: number;
  /** Tranches that it consumed from. */
  readonly tranches: number;
}

/** Pay is no event: it comes every epoch. What leaves is told by `exits`. */
const ARRIVALS = ["inflow", "moved_in", "from_outside"];

/** The events of a position, in order of time. */
export class OwnEvents {
  constructor(private readonly events: readonly OwnEvent[]) {}

  /** Of [start, end): the largest of those that are picked, and how many; of equal ones the first. */
  largest(startMs: number, endMs: number, picked: (event: OwnEvent) => boolean): LargestEvent {
    let largest: OwnEvent | null = null;
    let count = 0;
    for (let at = this.#firstAt(startMs); at < this.events.length && this.events[at].time_ms < endMs; at++) {
      const one = this.events[at];
      if (!picked(one)) continue;
      count += 1;
      if (largest === null || one.amount_rao > largest.amount_rao) largest = one;
    }
    return { largest, count };
  }

  #firstAt(timeMs: number): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.events[middle].time_ms < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export interface LargestEvent {
  readonly largest: OwnEvent | null;
  readonly count: number;
}

/** Did it leave tranches? */
export function isExit({ tranches }: OwnEvent): boolean {
  return tranches > 0;
}

export function isArrival({ event }: OwnEvent): boolean {
  return ARRIVALS.includes(event);
}

export function isOfSeat(event: OwnEvent): boolean {
  return !isExit(event) && !isArrival(event);
}

export function isOfHolding(event: OwnEvent): boolean {
  return !isOfSeat(event);
}

export async function readOwnEvents(run: OpenRun, own: number): Promise<OwnEvents> {
  const events = new Map<string, OwnEvent>();
  const add = (time_ms: number, event: string, amount_rao: number, tranches: number): void => {
    const key = `${time_ms} ${event}`;
    const known = events.get(key);
    events.set(key, {
      time_ms,
      event,
      amount_rao: (known?.amount_rao ?? 0) + amount_rao,
      tranches: (known?.tranches ?? 0) + tranches,
    });
  };
  await each(run, "exits", "reason", own, (time, reason, amount) => add(time, reason, amount, 1));
  await each(run, "flows", "flow", own, (time, flow, amount) => {
    if (ARRIVALS.includes(flow)) add(time, flow, amount, 0);
  });
  await each(run, "registrations", "change", own, (time, change) => add(time, change, 0, 0));
  return new OwnEvents([...events.values()].sort((a, b) => a.time_ms - b.time_ms));
}

async function each(
  run: OpenRun,
  table: "exits" | "flows" | "registrations",
  word: string,
  own: number,
  take: (timeMs: number, word: string, amountRao: number) => void,
): Promise<void> {
  if (!run.tables.includes(table)) return;
  for await (const batch of run.readTable(table)) {
    const [time, position, code] = ["time_ms", "position", word].map((name) => numberColumn(batch, name));
    const amount = table === "registrations" ? null : numberColumn(batch, "amount_rao");
    const words = choiceNames(batch, word);
    for (let row = 0; row < batch.rows; row++) if (position[row] === own) take(time[row], words[code[row]], amount?.[row] ?? 0);
  }
}
