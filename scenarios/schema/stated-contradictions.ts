import { DAY_MS, instantText, LONGEST_DAYS, math, unitsOf } from "../../engine/index.js";
import { amountRao } from "./amount.js";
import { type Contradiction, contradiction } from "./contradiction.js";
import { durationMs } from "./duration.js";
import { instantMs } from "./instant.js";
import type { PartialScenarioInput } from "./scenario-schema.js";
import type { StreamInput } from "./streams.js";

/** Of more rows of one hotkey the run itself finds the contradiction. */
const MOST_COMPARED = 1_000;

/** What a row says of somebody, and when. */
interface Saying {
  readonly row: number;
  readonly afterMs: number;
  /** Null: once. */
  readonly everyMs: number | null;
  readonly value: number;
  /** As it is stated. */
  readonly stated: unknown;
}

type Rows = Extract<StreamInput, { readonly synthetic: "collateral" | "scores" | "validator_weights" }>["rows"];

/** Rows that a scenario states and that say two things of one hotkey at one instant: nothing says which holds. */
export function* statedContradictions(
  { time }: PartialScenarioInput,
  streams: readonly (StreamInput | undefined)[],
): Iterable<Contradiction> {
  const startMs = time?.start == null ? null : instantMs(time.start);
  const endMs = lengthMs(time);
  for (const [index, stream] of streams.entries()) {
    if (stream === undefined || !("synthetic" in stream)) continue;
    // What is owed adds up, and of two prices the later row counts.
    if (stream.synthetic !== "collateral" && stream.synthetic !== "scores" && stream.synthetic !== "validator_weights") continue;
    for (const [whom, sayings] of sayingsOf(stream.rows)) {
      const found = sayings.length > MOST_COMPARED ? null : firstContradiction(sayings, endMs);
      if (found === null) continue;
      const { first, second, afterMs } = found;
      const when = startMs === null ? "at one instant" : `at ${instantText(startMs + afterMs)}`;
      yield contradiction(["streams", index, "rows", second.row], `Two rows say otherwise of ${whom} ${when}.`, {
        found: second.stated,
        allowed: `one value at an instant; rows.${first.row} says ${String(first.stated)}`,
        hint: "Let one of the rows leave it out, or come later (after); rows are counted from 0.",
      });
    }
  }
}

/** How long the run lasts; where that is not known no run lasts longer. */
function lengthMs(time: PartialScenarioInput["time"]): number {
  const [startMs, endMs] = [time?.start, time?.end].map((at) => (at == null ? null : instantMs(at)));
  if (startMs != null && endMs != null) return endMs - startMs;
  return math.round(unitsOf(time?.days ?? LONGEST_DAYS, DAY_MS));
}

/** By whom, and by what is said of it. */
function sayingsOf(rows: Rows): ReadonlyMap<string, readonly Saying[]> {
  const all = new Map<string, Saying[]>();
  for (const [row, stated] of (rows ?? []).entries()) {
    const when = { row, afterMs: durationMs(stated.after) ?? 0, everyMs: stated.every === null ? null : durationMs(stated.every) };
    const say = (whom: string, value: number, said: unknown) => {
      const own = all.get(whom);
      if (own === undefined) all.set(whom, [{ ...when, value, stated: said }]);
      else own.push({ ...when, value, stated: said });
    };
    for (const hotkey of stated.hotkeys) {
      if ("amount" in stated) say(hotkey, amountRao(stated.amount) ?? 0, stated.amount);
      else if ("weight" in stated)
        for (const validator of stated.validators) say(`${hotkey}, by ${validator},`, stated.weight, stated.weight);
      else {
        say(hotkey, stated.score, stated.score);
        for (const [column, value] of Object.entries(stated.columns)) say(`${hotkey}, column ${column},`, value, value);
      }
    }
    if (!("weight" in stated)) continue;
    for (const validator of stated.validators) say(`the stake of ${validator}`, amountRao(stated.stake) ?? 0, stated.stake);
  }
  return all;
}

function firstContradiction(
  sayings: readonly Saying[],
  endMs: number,
): { readonly first: Saying; readonly second: Saying; readonly afterMs: number } | null {
  for (const [at, second] of sayings.entries()) {
    for (const first of sayings.slice(0, at)) {
      if (first.value === second.value) continue;
      const afterMs = meetMs(first, second, endMs);
      if (afterMs !== null) return { first, second, afterMs };
    }
  }
  return null;
}

/** The first instant at which both are said, from the start of the run; null: there is none before `endMs`. */
function meetMs(one: Saying, other: Saying, endMs: number): number | null {
  // The one that is said less often has fewer instants to look at: no more than the other has between two at which they meet.
  const [rare, often] =
    (one.everyMs ?? Number.POSITIVE_INFINITY) >= (other.everyMs ?? Number.POSITIVE_INFINITY) ? [one, other] : [other, one];
  const most = rare.everyMs === null || often.everyMs === null ? 1 : often.everyMs / greatestDivisor(rare.everyMs, often.everyMs);
  const from =
    rare.everyMs === null
      ? rare.afterMs
      : rare.afterMs + rare.everyMs * math.max(0, math.ceil((often.afterMs - rare.afterMs) / rare.everyMs));
  for (let step = 0, timeMs = from; step < most && timeMs <= endMs; step++, timeMs += rare.everyMs ?? 0) {
    const sinceMs = timeMs - often.afterMs;
    if (sinceMs === 0 || (often.everyMs !== null && sinceMs > 0 && sinceMs % often.everyMs === 0)) return timeMs;
  }
  return null;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
