import { type ColumnBatch, columnIndex, ExactSum, STAKE_ACTIONS, STAKE_DIRECTIONS, STREAMS, type StreamKind } from "../../engine/index.js";
import { type FlowTotals, flowTotals } from "./flow-totals.js";
import { RaoSum } from "./rao-sum.js";
import { StateSummer, type StateTotals } from "./state-totals.js";

/** What a stream holds in all: enough to see at a glance whether it is what was meant. */
export interface StreamSum {
  readonly kind: StreamKind;
  readonly rows: number;
  /** First and last time; null without rows. */
  readonly from_ms: number | null;
  readonly to_ms: number | null;
  /** Distinct (netuid, hotkey, coldkey), of stake also those that it goes to, but those of a swap on all subnets; null for a kind that names no positions. */
  readonly positions: number | null;
  /** Distinct subnets. */
  readonly subnets: number;
  /** Sum of its first amount column over all rows, in decimal digits; null for a kind without amounts. */
  readonly total_rao: string | null;
  /** The column that `total_rao` sums. */
  readonly total_of: string | null;
  /** The same sum for each of the stream's actions that occur; null for a kind without actions or amounts. */
  readonly by_action: Readonly<Record<string, { readonly rows: number; readonly rao: string }>> | null;
  /** Of `stake`: what came, what went, and the difference; null for other kinds. */
  readonly flows: FlowTotals | null;
  /** Of `balances` and `metagraph`: what there was at the first instant and at the last; null for other kinds. */
  readonly states: StateTotals | null;
}

/** Columns of the position that gives, and of the one that gets. */
const PASSED_ON = (["netuid", "hotkey", "coldkey"] as const).map((name) => ({
  own: columnIndex(STREAMS.stake, name),
  to: columnIndex(STREAMS.stake, `to_${name}`),
}));

/** Sums up one stream while it is written. */
class StreamSummer {
  readonly #netuid: number;
  readonly #hotkey: number;
  readonly #coldkey: number;
  readonly #amount: number;
  readonly #action: number;
  /** Place of each position among those seen, by its coldkey, by netuid and hotkey. */
  readonly #coldkeysOf = new Map<number, Map<number, number>>();
  readonly #subnets = new Set<number>();
  readonly #total = new ExactSum();
  readonly #byAction: RaoSum[];
  readonly #states: StateSummer | undefined;
  /** By action code: does stake go to another position? */
  readonly #passes: readonly boolean[];
  #positions = 0;
  #rows = 0;
  #fromMs: number | null = null;
  #toMs: number | null = null;

  constructor(readonly kind: StreamKind) {
    const declaration = STREAMS[kind];
    this.#netuid = columnIndex(declaration, "netuid");
    this.#hotkey = columnIndex(declaration, "hotkey");
    this.#coldkey = columnIndex(declaration, "coldkey");
    this.#action = columnIndex(declaration, "action");
    this.#amount = declaration.columns.findIndex((column) => column.type === "rao");
    // What is there at an instant: a sum over all rows means nothing.
    this.#states = declaration.rows === "state" ? new StateSummer(declaration.columns[this.#amount].name) : undefined;
    this.#byAction = (declaration.columns[this.#action]?.values ?? []).map(() => new RaoSum());
    this.#passes = kind === "stake" ? STAKE_ACTIONS.map((action) => STAKE_DIRECTIONS[action] === "between") : [];
  }

  take({ rows, columns }: ColumnBatch): void {
    if (rows === 0) return;
    const times = columns[0] as Float64Array;
    this.#fromMs ??= times[0];
    this.#toMs = times[rows - 1];
    this.#rows += rows;
    const netuids = columns[this.#netuid] as Int32Array | undefined;
    const [hotkeys, coldkeys] = [columns[this.#hotkey] as Int32Array | undefined, columns[this.#coldkey] as Int32Array | undefined];
    const [amounts, actions] = [columns[this.#amount] as Float64Array | undefined, columns[this.#action] as Uint8Array | undefined];
    for (let row = 0; row < rows; row++) {
      const netuid = netuids?.[row] ?? -1;
      // A swap of keys on all subnets: which positions it passes on the row does not say.
      const isOne = netuid >= 0;
      if (isOne) this.#subnets.add(netuid);
      const position =
        isOne && hotkeys !== undefined && coldkeys !== undefined ? this.#positionOf(netuid, hotkeys[row], coldkeys[row]) : -1;
      if (isOne && actions !== undefined && this.#passes[actions[row]]) this.#receive(columns, row);
      if (amounts === undefined) continue;
      this.#states?.take(times[row], position, amounts[row]);
      this.#total.add(amounts[row]);
      if (actions !== undefined) this.#byAction[actions[row]].add(amounts[row]);
    }
  }

  /** Counts the position that stake goes to: what of it the row leaves out is as with the sender. */
  #receive(columns: ColumnBatch["columns"], row: number): void {
    const [netuid, hotkey, coldkey] = PASSED_ON.map(({ own, to }) => {
      const given = (columns[to] as Int32Array)[row];
      return given >= 0 ? given : (columns[own] as Int32Array)[row];
    });
    this.#subnets.add(netuid);
    this.#positionOf(netuid, hotkey, coldkey);
  }

  /** From 0, in the order in which they are seen. */
  #positionOf(netuid: number, hotkey: number, coldkey: number): number {
    // A netuid has 16 bits and an id 31, so both fit into a double.
    const key = netuid * 2_147_483_648 + hotkey;
    let coldkeys = this.#coldkeysOf.get(key);
    if (coldkeys === undefined) {
      coldkeys = new Map();
      this.#coldkeysOf.set(key, coldkeys);
    }
    let position = coldkeys.get(coldkey);
    if (position === undefined) {
      position = this.#positions++;
      coldkeys.set(coldkey, position);
    }
    return position;
  }

  figures(): StreamSum {
    const { columns } = STREAMS[this.kind];
    const hasAmount = this.#amount !== -1;
    const actions = columns[this.#action]?.values;
    const byAction = actions?.flatMap((action, code) => {
      const sum = this.#byAction[code];
      return sum.rows === 0 ? [] : [[action, { rows: sum.rows, rao: sum.toString() }] as const];
    });
    return {
      kind: this.kind,
      rows: this.#rows,
      from_ms: this.#fromMs,
      to_ms: this.#toMs,
      positions: this.#hotkey === -1 || this.#coldkey === -1 ? null : this.#positions,
      subnets: this.#subnets.size,
      total_rao: hasAmount ? this.#total.toString() : null,
      total_of: hasAmount ? columns[this.#amount].name : null,
      by_action: hasAmount && byAction !== undefined ? Object.fromEntries(byAction) : null,
      flows: this.kind === "stake" ? flowTotals(this.#byAction) : null,
      states: this.#states?.totals() ?? null,
    };
  }
}

/** Sums up the streams of a recording while they are written; a stream in several files is one. */
export class RecordingSums {
  readonly #streams = new Map<StreamKind, StreamSummer>();

  /** Takes rows of a stream, in their order. */
  take(kind: StreamKind, batch: ColumnBatch): void {
    let summer = this.#streams.get(kind);
    if (summer === undefined) {
      summer = new StreamSummer(kind);
      this.#streams.set(kind, summer);
    }
    summer.take(batch);
  }

  /** By stream, in the order in which they were begun. */
  figures(): StreamSum[] {
    return [...this.#streams.values()].map((summer) => summer.figures());
  }
}
