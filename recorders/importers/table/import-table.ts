import { basename } from "node:path";
import { AddressBook, type Place, STREAMS, type StakeAction, type StreamKind, TenureError } from "../../../engine/index.js";
import { AddressIntake, type AddressRule } from "../../addresses/index.js";
import { type Coverage, RecordingSums, type RecordingWriter, StreamRows, writeRecording } from "../../streams/index.js";
import type { AmountUnit } from "../amounts.js";
import type { ImportOptions, ImportReport } from "../import-report.js";
import { AllSubnetsCheck } from "./all-subnets.js";
import { AmountDoubt } from "./amount-doubt.js";
import { type MappedColumn, mapColumns } from "./column-mapping.js";
import { DestinationCheck } from "./destination.js";
import { HeldRows, type RowOrder } from "./held-rows.js";
import { mapNamedColumns, type NamedColumns, RowsOfScore } from "./named-columns.js";
import { emptyTable, openTable } from "./open-table.js";
import { OtherKindCheck, otherKindWarnings } from "./other-kind.js";
import { RepeatedRows } from "./repeated-rows.js";
import { RowReader } from "./row-reader.js";
import { checkStatedChoices } from "./stated-choices.js";
import type { BlockTimes, ValueMap } from "./table-arguments.js";
import type { TableSource } from "./table-source.js";
import { TimeDoubt } from "./time-doubt.js";
import { assumptions, slipWarnings, unreadFields } from "./unread-fields.js";
import { weightsAtEpochEnds } from "./weights-at-epoch-ends.js";

/** Before 1973: as seconds these are times of this century. */
const LIKELY_SECONDS_MS = 100_000_000_000;

/** What a table is, and how its fields become the columns of a stream. */
export interface TableOptions extends ImportOptions {
  readonly kind: StreamKind;
  /** Stream column -> field of the file; a column that is not named is read from the field of its own name. */
  readonly map: Readonly<Record<string, string>>;
  readonly addresses: AddressRule;
  /** Does the table hold the whole subnet? When left out: as the recording it is put into says, else `partial`. */
  readonly coverage?: Coverage | undefined;
  /** Sorts the rows; otherwise rows that are not in order are refused. */
  readonly sort?: boolean | undefined;
  /** In what amounts are written; when left out: whole rao, with a warning where they look like whole tokens. */
  readonly unit?: AmountUnit | undefined;
  /** Stream column -> what it is in every row. */
  readonly constants?: Readonly<Record<string, string>> | undefined;
  /** Texts of a field that stand for something else. */
  readonly values?: ValueMap | undefined;
  /** What a row with a negative amount is; refused when left out. */
  readonly negative?: StakeAction | undefined;
  /** Counts times from the blocks of the rows. */
  readonly blockTimes?: BlockTimes | undefined;
  /** Of scores: fields that become columns beside the score. */
  readonly columns?: NamedColumns | undefined;
  /** Adds the stream to the recording at `out`, where there is one, and keeps its other streams. */
  readonly into?: boolean | undefined;
}

/**
 * Makes a recording of one stream from a CSV, JSON, Parquet or Arrow file, or adds it to one. Amounts pass exactly; times are
 * ISO text (UTC where they name no zone), timestamps or whole ms. Progress counts rows.
 * @throws TenureError `TEN-IMPORT-001`, `-005` to `-008`, `-011` to `-016`, `-018`, `-019`, `-021` to `-024`, `-029`, `-030` and what
 *   `writeRecording` names
 */
export async function importTable(file: string, options: TableOptions): Promise<ImportReport> {
  const source = await openTable(file, options.signal);
  try {
    return await importSource(file, source, options);
  } finally {
    await source.close();
  }
}

async function importSource(file: string, source: TableSource, options: TableOptions): Promise<ImportReport> {
  const { kind, signal, into = false } = options;
  // Nothing at all: no field could be there.
  if (source.rows === 0 && source.fields.length === 0) throw emptyTable(file);
  const named = mapNamedColumns(kind, options.columns ?? {}, source.fields, file);
  const own = mapColumns(
    kind,
    {
      map: options.map,
      constants: options.constants ?? {},
      valued: Object.keys(options.values ?? {}),
      timesFromBlocks: options.blockTimes !== undefined,
      signed: options.negative !== undefined,
    },
    source.fields,
    file,
  );
  const columns = [...own, ...named];
  checkStatedChoices(kind, options.values ?? {}, options.constants ?? {});
  if (source.rows === 0) throw emptyTable(file);
  const book = new AddressBook();
  const sums = new RecordingSums();
  const unread = unreadFields(columns, source);
  const unreadNames = unread.map(({ field }) => field);
  const warnings: string[] = [...slipWarnings(unread), ...otherKindWarnings(kind, unreadNames)];
  const { manifest, unchanged } = await writeRecording(
    { out: options.out, inputs: [file], book, signal, sums, into },
    async (recording) => {
      const table = new TableImport(file, source, columns, named, options, new AddressIntake(book, options.addresses));
      await table.run(recording);
      if (table.rows === 0) throw emptyTable(file);
      warnings.push(...table.notes());
      return {
        source: {
          importer: "table",
          inputs: [{ path: basename(file), bytes: source.bytes, sha256: source.sha256 }],
          options: { tables: [describe(file, source, columns, options)] },
          netuids: [...table.netuids].sort((a, b) => a - b),
          chain: null,
        },
        coverage: options.coverage,
        figures: {
          [kind]: {
            rows: table.rows,
            addresses: book.size,
            absent_columns: own.flatMap(({ column, field, constant, fromBlock }) =>
              field === undefined && constant === undefined && !fromBlock ? [column.name] : [],
            ),
          },
        },
        notes: [],
        streamNotes: { [kind]: warnings },
      };
    },
  );
  if (into) warnings.push(...(await weightsAtEpochEnds(options.out)));
  const { endsUnmarked = false } = source;
  const readAs = `${basename(file)}: ${source.readAs}`;
  return {
    folder: options.out,
    manifest,
    unchanged,
    sums: sums.figures(),
    readAs,
    endsUnmarked,
    unread,
    assumed: assumptions(kind, columns),
    warnings,
  };
}

/** How the table was read, for the manifest. */
function describe(file: string, source: TableSource, columns: readonly MappedColumn[], options: TableOptions) {
  return {
    kind: options.kind,
    file: basename(file),
    read_as: source.readAs,
    columns: Object.fromEntries(columns.map(({ column, field }) => [column.name, field ?? null])),
    constants: { ...options.constants },
    values: Object.fromEntries(Object.entries(options.values ?? {}).map(([column, values]) => [column, { ...values }])),
    addresses: options.addresses,
    unit: options.unit ?? null,
    negative: options.negative ?? null,
    block_ms: options.blockTimes?.blockMs ?? null,
    block_zero_ms: options.blockTimes?.zeroMs ?? null,
    sort: options.sort === true,
  };
}

/** Reads a table into its stream. */
class TableImport {
  readonly netuids = new Set<number>();
  readonly #reader: RowReader;
  readonly #allSubnets: AllSubnetsCheck | null;
  readonly #destination: DestinationCheck | null;
  readonly #otherKind: OtherKindCheck | null;
  readonly #repeated: RepeatedRows;
  readonly #doubt: AmountDoubt;
  readonly #timeDoubt = new TimeDoubt();
  /** Places of the amounts that are read from the file. */
  readonly #amounts: readonly number[];
  readonly #netuid: number;
  /** Of scores with columns beside them; null: a row of the table is a row of the stream. */
  readonly #scored: RowsOfScore | null;
  #order: RowOrder | undefined;
  #lastMs = 0;
  /** Numbers of the rows on their way into the file. */
  #rowNumbers: number[] = [];
  rows = 0;

  constructor(
    readonly file: string,
    readonly source: TableSource,
    readonly columns: readonly MappedColumn[],
    named: readonly MappedColumn[],
    readonly options: TableOptions,
    readonly intake: AddressIntake,
  ) {
    const { unit, values = {}, blockTimes, negative } = options;
    this.#reader = new RowReader(file, columns, { unit: unit ?? "rao", values, blockTimes, negative }, intake);
    this.#allSubnets = AllSubnetsCheck.of(options.kind);
    this.#destination = DestinationCheck.of(options.kind);
    this.#otherKind = OtherKindCheck.of(options.kind, columns, source.fields, file);
    this.#repeated = new RepeatedRows(options.kind, (id) => intake.book.nameOf(id));
    this.#doubt = new AmountDoubt(unit);
    this.#amounts = columns.flatMap(({ column, field }, index) => (column.type === "rao" && field !== undefined ? [index] : []));
    this.#netuid = columns.findIndex(({ column }) => column.name === "netuid");
    this.#scored = named.length === 0 ? null : new RowsOfScore(named.map(({ column }) => intake.book.intern(column.name)));
  }

  async run(recording: RecordingWriter): Promise<void> {
    const rows = new StreamRows(await recording.stream(this.options.kind));
    const held = this.options.sort === true ? new HeldRows(this.options.kind) : undefined;
    await this.#read(rows, held);
    if (held !== undefined) await this.#putSorted(rows, held);
    await this.#flush(rows);
  }

  /** Reads the file to its end: its rows are put into the stream, or held where they are to be sorted. */
  async #read(rows: StreamRows, held: HeldRows | undefined): Promise<void> {
    const values = this.columns.map(() => 0);
    const fields = this.#amounts.map((index) => this.#reader.requests.findIndex(({ field }) => field === this.columns[index].field));
    const time = this.#reader.requests.findIndex(({ isTime }) => isTime);
    let rowNumber = 0;
    const { requests } = this.#reader;
    const otherKind = this.#otherKind;
    for await (const chunk of this.source.read(otherKind === null ? requests : [...requests, otherKind.request])) {
      this.options.signal?.throwIfAborted();
      for (let row = 0; row < chunk.rows; row++) {
        rowNumber++;
        this.#reader.read(chunk, row, rowNumber, values);
        if (this.#reader.unknown.any) continue;
        const number = rowNumber;
        this.#allSubnets?.check(values, (name) => this.#place(number, name));
        this.#destination?.check(values, (name) => this.#place(number, name));
        for (let amount = 0; amount < fields.length; amount++) {
          this.#doubt.see(chunk.cells[fields[amount]][row], values[this.#amounts[amount]]);
        }
        otherKind?.see(chunk.cells[requests.length][row], values, rowNumber);
        if (time !== -1) this.#timeDoubt.see(chunk.cells[time][row]);
        const pieces = this.#scored === null ? 1 : this.columns.length - STREAMS[this.options.kind].columns.length + 1;
        if (rows.room < pieces) await this.#flush(rows);
        const take = (row: readonly number[]) => {
          if (held === undefined) this.#put(rows, row, number);
          else held.push(row, number);
        };
        if (this.#scored === null) take(values);
        else this.#scored.each(values, take);
      }
      this.options.onProgress?.(rowNumber, this.source.rows ?? rowNumber, basename(this.file));
    }
    this.#reader.unknown.check();
    otherKind?.check();
  }

  async #putSorted(rows: StreamRows, held: HeldRows): Promise<void> {
    this.#order = held.order();
    const values = STREAMS[this.options.kind].columns.map(() => 0);
    for (const place of this.#order.places) {
      held.take(place, values);
      if (rows.full) {
        this.options.signal?.throwIfAborted();
        await this.#flush(rows);
      }
      this.#put(rows, values, held.numberOf(place));
    }
  }

  #put(rows: StreamRows, values: readonly number[], rowNumber: number): void {
    this.#repeated.take(values, rowNumber, (name) => this.#place(rowNumber, name));
    rows.push(...values);
    this.#rowNumbers.push(rowNumber);
    // -1 is no subnet, but all of them.
    if (this.#netuid !== -1 && values[this.#netuid] >= 0) this.netuids.add(values[this.#netuid]);
    if (values[0] > this.#lastMs) this.#lastMs = values[0];
    this.rows++;
  }

  /** A cell by its row and by what the person calls its column. */
  #place(rowNumber: number, name: string): Place {
    const field = this.columns.find(({ column }) => column.name === name)?.field ?? name;
    return { file: this.file, path: `row ${rowNumber}, ${field}` };
  }

  async #flush(rows: StreamRows): Promise<void> {
    const before = rows.writer.rows;
    try {
      await rows.flush();
      this.#rowNumbers = [];
    } catch (error) {
      throw error instanceof TenureError && error.code === "TEN-STREAM-009" ? this.#unsorted(error, before) : error;
    }
  }

  #unsorted(error: TenureError, before: number): TenureError {
    return new TenureError({
      code: "TEN-IMPORT-014",
      what: "The rows are not in order of time, block, extrinsic and event.",
      place: { file: this.file, path: `row ${this.#rowNumbers[(error.place?.row ?? 0) - before]}` },
      found: error.found,
      ...(error.allowed === undefined ? {} : { allowed: error.allowed }),
      hint: "Add --sort to have the rows sorted.",
    });
  }

  /** What to know before trusting the stream. */
  notes(): string[] {
    const notes = [...this.#doubt.notes(), ...this.#timeDoubt.notes(), ...this.intake.canonical.notes(), ...this.#orderNotes()];
    if (this.#lastMs < LIKELY_SECONDS_MS) notes.push("All times lie before 1973: they are taken as milliseconds; are they seconds?");
    if (this.source.endsUnmarked === true) {
      notes.push(
        `The stream ends without its end mark; if it was cut, rows are missing: ${this.rows} ${this.rows === 1 ? "row" : "rows"} read.`,
      );
    }
    const { equal } = this.#repeated;
    if (equal > 0) {
      const rows = equal === 1 ? "1 row is" : `${equal} rows are`;
      notes.push(`${rows} equal to another of the same time in every column; if pages of a download overlap, keep each row once.`);
    }
    return notes;
  }

  #orderNotes(): string[] {
    const order = this.#order;
    const hasEvents = this.columns.some(({ column }) => column.name === "event");
    if (order === undefined || !order.moved || order.ties === 0 || !hasEvents) return [];
    const rows = `${order.ties} rows share a time with another and nothing else tells their order`;
    return [
      order.newestFirst ? `${rows}; the file is newest first, so they are put in reverse.` : `${rows}; they stay in the order of the file.`,
    ];
  }
}
