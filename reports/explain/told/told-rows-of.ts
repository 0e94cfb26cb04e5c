import { askedFacts, TenureError } from "../../../engine/index.js";
import { type OpenRun, readToldRows, type ToldKind, type ToldRow } from "../../../recorders/index.js";
import { scenarioFromResolved } from "../../../scenarios/index.js";
import { plainNumber } from "../../format/plain-number.js";
import { formatTime } from "../../format/time.js";
import type { RunRules } from "../../rules.js";

/** A row of a stream that says what a hotkey has from a time on, beside what the row before said. */
export interface NamedRow extends Pick<ToldRow, "stream" | "time_ms" | "value"> {
  /** Null: there is none before it. */
  readonly before: number | null;
}

/** Of which hotkey, and what of it. */
export interface ToldOf extends Pick<ToldRow, "kind" | "netuid" | "hotkey" | "column"> {}

/** Collateral and scores as streams told them, row by row. */
export class ToldRows {
  readonly #rows = new Map<string, NamedRow[]>();

  constructor(rows: readonly ToldRow[]) {
    // Streams of one kind are taken in order of time, then as the scenario has them.
    for (const row of [...rows].sort((a, b) => a.time_ms - b.time_ms)) {
      const { stream, time_ms, value } = row;
      const known = this.#rows.get(keyOf(row));
      const named = { stream, time_ms, value, before: known?.at(-1)?.value ?? null };
      if (known === undefined) this.#rows.set(keyOf(row), [named]);
      else known.push(named);
    }
  }

  /** The row in force when an epoch ended: one exactly then counts from the next. Null: none was told. */
  inForce(of: ToldOf, endMs: number): NamedRow | null {
    return this.#rows.get(keyOf(of))?.findLast(({ time_ms }) => time_ms < endMs) ?? null;
  }

  /** The last row of [start, end); null: none is. */
  last(of: ToldOf, { startMs, endMs }: { readonly startMs: number; readonly endMs: number }): NamedRow | null {
    const row = this.inForce(of, endMs);
    return row !== null && row.time_ms >= startMs ? row : null;
  }

  /** Of [start, end) the row that moved it most in a direction; null: none did. */
  moved(
    of: ToldOf,
    { startMs, endMs, change }: { readonly startMs: number; readonly endMs: number; readonly change: "up" | "down" },
  ): NamedRow | null {
    let found: NamedRow | null = null;
    let most = 0;
    for (const row of this.#rows.get(keyOf(of)) ?? []) {
      if (row.time_ms < startMs || row.time_ms >= endMs) continue;
      const by = (row.value - (row.before ?? 0)) * (change === "up" ? 1 : -1);
      if (by > most) [found, most] = [row, by];
    }
    return found;
  }
}

function keyOf({ kind, netuid, hotkey, column }: ToldOf): string {
  return JSON.stringify([kind, netuid, hotkey, column]);
}

/** Codes of streams that cannot be read any more, which does not keep what was recorded from being explained. */
const NOT_THERE = /^TEN-(RUN-002|STREAM-)/;

/**
 * The rows that the rules of a subnet go by.
 * @returns null: they go by none, or the streams are not there any more
 */
export async function toldRowsOf(run: OpenRun, rules: RunRules): Promise<ToldRows | null> {
  const asked = new Set((rules.stages?.stages ?? []).flatMap(askedFacts));
  const kinds: ToldKind[] = [
    ...(asked.has("collateral") ? (["collateral"] as const) : []),
    ...(asked.has("scores") || rules.beforeRule === "scores" ? (["scores"] as const) : []),
  ];
  if (kinds.length === 0) return null;
  try {
    return new ToldRows(await readToldRows(run, kinds));
  } catch (error) {
    if (error instanceof TenureError && NOT_THERE.test(error.code)) return null;
    throw error;
  }
}

/** The column of the stream that is the base weight, where scores are; null: the score itself. */
export function scoreColumnOf(run: OpenRun): string | null {
  const { weights } = scenarioFromResolved(run.manifest.scenario.resolved).configuration;
  return weights?.from === "scores" ? weights.column : null;
}

/** `stream collateral/collateral, 2026-01-06 00:00 UTC: 2.5 after 10` */
export function rowWords({ stream, time_ms, value, before }: NamedRow): string {
  return `stream ${stream}, ${formatTime(time_ms)}: ${plainNumber(value)}${before === null ? ", its first" : ` after ${plainNumber(before)}`}`;
}
