import {
  type ColumnBatch,
  columnsByName,
  EPOCHS_TABLE,
  EXIT_REASONS,
  EXITS_TABLE,
  type ExitReason,
  FLOWS,
  FLOWS_TABLE,
  type Flow,
  InvariantError,
  POSITIONS_TABLE,
  REGISTRATIONS_TABLE,
  REWARDS_TABLE,
  type ResultTableName,
  ROLES,
  SEAT_CHANGES,
} from "../../engine/index.js";
import type { ResultSink } from "../results/result-writer.js";
import { GrowingColumn } from "./growing-column.js";

const MINER = ROLES.indexOf("miner");
const LEAVES: ReadonlySet<Flow> = new Set<Flow>(["outflow", "moved_out"]);
/** What leaves for value: sold for TAO, or exchanged for alpha of another subnet. What no event explains is taken for sold. */
const SOLD: ReadonlySet<ExitReason> = new Set<ExitReason>(["withdraw", "swap", "unexplained"]);

/** A position as the run ends. */
export interface SeenPosition {
  readonly netuid: number;
  readonly hotkey: string;
  readonly coldkey: string;
  readonly uid: number;
  readonly stakeRao: number;
}

/** Takes of a replay what says how miners were paid, what they held, sold and gave away, and who took over whose seat. */
export class SeenTables implements ResultSink {
  /** The tables that it takes. */
  static readonly TABLES: readonly ResultTableName[] = ["positions", "epochs", "exits", "flows", "registrations", "rewards"];

  /** By number. */
  readonly positions: SeenPosition[] = [];
  /** End of each epoch, ms: by netuid, by number of the epoch. */
  readonly endsMs = new Map<number, Map<number, number>>();
  /** Pay of miners, a row an epoch and position. */
  readonly pay = { epoch: new GrowingColumn(), position: new GrowingColumn(), amountRao: new GrowingColumn() };
  /** All that changed what a position holds, in the order of time: above 0 what came. */
  readonly changes = {
    timeMs: new GrowingColumn(),
    position: new GrowingColumn(),
    amountRao: new GrowingColumn(),
    /** The other position of a move; -1: none. */
    other: new GrowingColumn(),
    /** Index in `FLOWS`. */
    flow: new GrowingColumn(),
  };
  /** What left tranches, in the order of time, sold or otherwise. */
  readonly exits = {
    timeMs: new GrowingColumn(),
    position: new GrowingColumn(),
    amountRao: new GrowingColumn(),
    isSale: new GrowingColumn(),
  };
  /** Positions whose seat passed on to another, and that one. */
  readonly successions: { readonly from: number; readonly to: number }[] = [];
  readonly #seated = new Map<string, number>();

  append(table: ResultTableName, { rows, columns }: ColumnBatch): void {
    if (table === "positions") this.#takePositions(rows, columns);
    else if (table === "epochs") this.#takeEpochs(rows, columns);
    else if (table === "rewards") this.#takePay(rows, columns);
    else if (table === "flows") this.#takeFlows(rows, columns);
    else if (table === "exits") this.#takeExits(rows, columns);
    else if (table === "registrations") this.#takeSeats(rows, columns);
    else throw new InvariantError(`a batch of the table ${table}, which a replay for calibration does not record`);
  }

  #takePositions(rows: number, columns: ColumnBatch["columns"]): void {
    const of = columnsByName(POSITIONS_TABLE, columns);
    for (let row = 0; row < rows; row++) {
      this.positions[of.position[row]] = {
        netuid: of.netuid[row],
        hotkey: of.hotkey[row],
        coldkey: of.coldkey[row],
        uid: of.uid[row],
        stakeRao: of.stakeRao[row],
      };
    }
  }

  #takeEpochs(rows: number, columns: ColumnBatch["columns"]): void {
    const of = columnsByName(EPOCHS_TABLE, columns);
    for (let row = 0; row < rows; row++) {
      const ends = this.endsMs.get(of.netuid[row]) ?? new Map<number, number>();
      ends.set(of.epoch[row], of.endMs[row]);
      this.endsMs.set(of.netuid[row], ends);
    }
  }

  #takePay(rows: number, columns: ColumnBatch["columns"]): void {
    const of = columnsByName(REWARDS_TABLE, columns);
    for (let row = 0; row < rows; row++) {
      if (of.role[row] !== MINER || of.paidRao[row] === 0) continue;
      this.pay.epoch.push(of.epoch[row]);
      this.pay.position.push(of.position[row]);
      this.pay.amountRao.push(of.paidRao[row]);
    }
  }

  #takeFlows(rows: number, columns: ColumnBatch["columns"]): void {
    const of = columnsByName(FLOWS_TABLE, columns);
    const { timeMs, position, amountRao, other, flow } = this.changes;
    for (let row = 0; row < rows; row++) {
      timeMs.push(of.timeMs[row]);
      position.push(of.position[row]);
      amountRao.push(LEAVES.has(FLOWS[of.flow[row]]) ? -of.amountRao[row] : of.amountRao[row]);
      other.push(of.counterparty[row]);
      flow.push(of.flow[row]);
    }
  }

  #takeExits(rows: number, columns: ColumnBatch["columns"]): void {
    const of = columnsByName(EXITS_TABLE, columns);
    const { timeMs, position, amountRao, isSale } = this.exits;
    for (let row = 0; row < rows; row++) {
      timeMs.push(of.timeMs[row]);
      position.push(of.position[row]);
      amountRao.push(of.amountRao[row]);
      isSale.push(SOLD.has(EXIT_REASONS[of.reason[row]]) ? 1 : 0);
    }
  }

  #takeSeats(rows: number, columns: ColumnBatch["columns"]): void {
    const of = columnsByName(REGISTRATIONS_TABLE, columns);
    for (let row = 0; row < rows; row++) {
      if (of.uid[row] < 0) continue;
      const seat = `${of.netuid[row]}/${of.uid[row]}`;
      const position = of.position[row];
      const change = SEAT_CHANGES[of.change[row]];
      const before = this.#seated.get(seat);
      if (change === "ownership" && before !== undefined && before !== position) this.successions.push({ from: before, to: position });
      if (change === "registered" || change === "ownership") this.#seated.set(seat, position);
      else if (before === position) this.#seated.delete(seat);
    }
  }
}
