import type { ToldKind } from "../../../recorders/index.js";
import type { PositionRow } from "../../reading/positions.js";
import type { NamedRow, ToldRows } from "./told-rows-of.js";

/** [start, end), in which something moved. */
interface RangeOfRows {
  readonly startMs: number;
  readonly endMs: number;
  readonly change: "up" | "down";
}

/** Rows that streams told of one hotkey. */
export class OwnRows {
  /** @param scoreColumn of scores, the column that counts; null: the score itself */
  constructor(
    private readonly told: ToldRows | null,
    private readonly who: Pick<PositionRow, "netuid" | "hotkey">,
    private readonly scoreColumn: string | null,
  ) {}

  /** Of a range the row that moved it most, in its direction; null: none did. */
  moved(kind: ToldKind, range: RangeOfRows): NamedRow | null {
    return this.told?.moved(this.#of(kind), range) ?? null;
  }

  /** The last row of a range, of any of some kinds; null: none is. */
  last(range: RangeOfRows, kinds: readonly ToldKind[]): NamedRow | null {
    const rows = kinds.flatMap((kind) => this.told?.last(this.#of(kind), range) ?? []);
    return rows.reduce<NamedRow | null>((latest, row) => (latest === null || row.time_ms > latest.time_ms ? row : latest), null);
  }

  /** What was told last before a time; null: nothing was, or it is not known. */
  before(kind: ToldKind, timeMs: number): NamedRow | null {
    return this.told?.inForce(this.#of(kind), timeMs) ?? null;
  }

  /** Are rows known at all? */
  get areKnown(): boolean {
    return this.told !== null;
  }

  #of(kind: ToldKind) {
    const { netuid, hotkey } = this.who;
    return { kind, netuid, hotkey, column: kind === "scores" ? this.scoreColumn : null };
  }
}

/** Where nothing is asked for. */
export const NO_ROWS = new OwnRows(null, { netuid: 0, hotkey: "" }, null);
