import { type Place, STAKE_ACTIONS, STREAMS, type StreamKind, TenureError } from "../../../engine/index.js";
import { listNames } from "../listed-names.js";
import { isEmpty, textOf } from "./cell-values.js";
import type { MappedColumn } from "./column-mapping.js";
import { type Cell, type FieldRequest, Nested } from "./table-source.js";

const ACTION = "action";
/** What stake events are called elsewhere: by the Taostats API, by the chain's events and by its calls. */
const FOREIGN_WORDS = [
  ...["delegate", "undelegate", "StakeAdded", "StakeRemoved", "StakeMoved", "StakeSwapped", "StakeTransferred"],
  ...["add_stake", "remove_stake", "move_stake", "swap_stake", "transfer_stake"],
];
const bare = (word: string) => word.toLowerCase().replace(/[\s_-]/g, "");
const STAKE_WORDS = new Set([...STAKE_ACTIONS, ...FOREIGN_WORDS].map(bare));

/** Columns that stake events alone have; no kind of stream that holds amounts has them. */
const STAKE_ONLY = STREAMS.stake.columns
  .map(({ name }) => name)
  .filter((name) => name !== "extrinsic" && name !== "event")
  .filter((name) => !holdsAmounts().some((kind) => STREAMS[kind].columns.some((column) => column.name === name)));

/** The kinds but stake whose rows are amounts of a position. */
function holdsAmounts(): StreamKind[] {
  return (Object.keys(STREAMS) as StreamKind[]).filter(
    (kind) => kind !== "stake" && STREAMS[kind].columns.some(({ type }) => type === "rao"),
  );
}

/**
 * Finds stake events that are imported as another kind: what was removed would be pay. They tell themselves by a field `action`
 * that no column is read from, where the file says nothing but stake actions in it. A file of states that has an amount of its
 * own for them may say beside it what brought it there.
 */
export class OtherKindCheck {
  readonly request: FieldRequest = { field: ACTION, isTime: false, aside: true };
  #first: { readonly row: number; readonly word: string } | undefined;
  #hasOther = false;

  /** Null where nothing in the file can tell. */
  static of(kind: StreamKind, columns: readonly MappedColumn[], fields: readonly string[], file: string): OtherKindCheck | null {
    if (!holdsAmounts().includes(kind) || fields.filter((field) => field === ACTION).length !== 1) return null;
    if (columns.some(({ field }) => field === ACTION)) return null;
    const amount = columns.findIndex(({ column }) => column.type === "rao");
    const { column, field } = columns[amount];
    if (STREAMS[kind].rows === "state" && field === column.name) return null;
    return new OtherKindCheck(kind, amount, file);
  }

  private constructor(
    readonly kind: StreamKind,
    readonly amount: number,
    readonly file: string,
  ) {}

  /** @param values of the row, in the order of the declaration; one without an amount pays nobody */
  see(cell: Cell, values: readonly number[], row: number): void {
    if (this.#hasOther || isEmpty(cell) || cell instanceof Nested || values[this.amount] === 0) return;
    const word = textOf(cell as Exclude<Cell, Nested | null>).trim();
    if (!STAKE_WORDS.has(bare(word))) this.#hasOther = true;
    else this.#first ??= { row, word };
  }

  /** @throws TenureError `TEN-IMPORT-030` all rows were stake events */
  check(): void {
    if (this.#hasOther || this.#first === undefined) return;
    const { row, word } = this.#first;
    const place: Place = { file: this.file, path: `row ${row}, ${ACTION}` };
    throw new TenureError({
      code: "TEN-IMPORT-030",
      what: `The file holds stake events, and they would be taken as ${this.kind}.`,
      place,
      found: word,
      allowed: `rows of ${this.kind}; their file has no field ${ACTION} with actions of stake`,
      hint: `This looks like --kind stake. If it is ${this.kind} all the same, give the field ${ACTION} another name in the file.`,
    });
  }
}

/** Fields that only stake events have and that were not read, in words; nothing of stake, and of what holds no amounts. */
export function otherKindWarnings(kind: StreamKind, unread: readonly string[]): string[] {
  const foreign = holdsAmounts().includes(kind) ? unread.filter((field) => STAKE_ONLY.includes(field)) : [];
  if (foreign.length === 0) return [];
  const fields = foreign.length === 1 ? "the field" : "the fields";
  return [
    `The file has ${fields} ${listNames(foreign)}, which ${foreign.length === 1 ? "is" : "are"} of stake events: is it --kind stake?`,
  ];
}
