import fc from "fast-check";
import { AddressBook, allocateColumn, type ColumnBatch, STREAMS, type StreamKind, TIME_LIMIT_MS } from "../../../engine/index.js";
import { type RecordedStream, type RecordingManifest, writeRecording } from "../../../recorders/streams/index.js";

/** A row with addresses as text; null for none. */
export type Row = readonly (number | string | null)[];

export function toBatch(kind: StreamKind, rows: readonly Row[], book: AddressBook): ColumnBatch {
  const declaration = STREAMS[kind];
  const columns = declaration.columns.map((column, index) => {
    const values = allocateColumn(column.type, rows.length) as Float64Array;
    rows.forEach((row, at) => {
      const value = row[index];
      values[at] = column.type !== "address" && column.type !== "name" ? Number(value) : value === null ? -1 : book.intern(String(value));
    });
    return values;
  });
  return { declaration, rows: rows.length, columns };
}

/** Writes a recording: each kind in files of the given rows, handed over in pieces. */
export async function writeRows(
  out: string,
  streams: Partial<Record<StreamKind, readonly Row[]>>,
  options: { readonly pieceRows?: number; readonly fileRows?: number } = {},
): Promise<RecordingManifest> {
  const book = new AddressBook();
  const { manifest } = await writeRecording({ out, inputs: [], book }, async (recording) => {
    for (const [kind, rows] of Object.entries(streams) as [StreamKind, readonly Row[]][]) {
      const fileRows = options.fileRows ?? Math.max(rows.length, 1);
      for (let start = 0, number = 1; start === 0 || start < rows.length; start += fileRows, number++) {
        const path = options.fileRows === undefined ? undefined : `${kind}/${String(number).padStart(6, "0")}.arrow`;
        const writer = await recording.stream(kind, path);
        const own = rows.slice(start, start + fileRows);
        const pieceRows = options.pieceRows ?? Math.max(own.length, 1);
        for (let at = 0; at < own.length; at += pieceRows) await writer.write(toBatch(kind, own.slice(at, at + pieceRows), book));
      }
    }
    return {
      source: { importer: "test", inputs: [], options: {}, netuids: [], chain: null },
      coverage: "partial",
      figures: {},
      notes: [],
    };
  });
  return manifest;
}

/** All rows of a stream, with addresses as text. */
export async function readRows(stream: RecordedStream, book = new AddressBook()): Promise<Row[]> {
  const { columns } = STREAMS[stream.kind];
  const rows: Row[] = [];
  for await (const chunk of stream.openChunks(book)) {
    for (let row = 0; row < chunk.rows; row++) {
      rows.push(
        columns.map((column, index) => {
          const value = chunk.columns[index][row];
          return column.type !== "address" && column.type !== "name" ? value : Number(value) < 0 ? null : book.nameOf(Number(value));
        }),
      );
    }
  }
  return rows;
}

function cellOf(kind: StreamKind, index: number): fc.Arbitrary<number | string | null> {
  const column = STREAMS[kind].columns[index];
  switch (column.type) {
    case "time":
      return fc.oneof(fc.nat(50), fc.integer({ min: 0, max: TIME_LIMIT_MS - 1 }));
    case "rao":
      return fc.oneof(fc.maxSafeNat(), fc.constantFrom(0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1));
    case "real":
      return fc.double({ min: Number.MIN_VALUE, max: 1e12, noNaN: true });
    case "int":
      return fc.oneof(fc.integer({ min: column.missing === -1 ? -1 : 0, max: column.atMost ?? 2 ** 31 - 1 }), fc.nat(3));
    case "choice":
      return fc.nat((column.values?.length ?? 1) - 1);
    default:
      return column.optional === true ? fc.option(addressText) : addressText;
  }
}

const addressText = fc.oneof(fc.constantFrom("5A", "5B", "5C"), fc.string({ minLength: 1, maxLength: 12, unit: "binary" }));

/** Rows of a kind in their order. */
export function rowsOf(kind: StreamKind): fc.Arbitrary<Row[]> {
  const { columns } = STREAMS[kind];
  const keys = ["time_ms", "block", "extrinsic", "event"]
    .map((name) => columns.findIndex((column) => column.name === name))
    .filter((index) => index >= 0);
  return fc.array(fc.tuple(...columns.map((_, index) => cellOf(kind, index))), { maxLength: 40 }).map((rows) =>
    [...rows].sort((a, b) => {
      const key = keys.find((index) => a[index] !== b[index]);
      return key === undefined ? 0 : Number(a[key]) - Number(b[key]);
    }),
  );
}

export const PRICES: readonly Row[] = [
  [1000, 10, 1, 0.5],
  [1000, 10, 2, 0.25],
  [2000, 20, 1, 0.6],
  [3000, 30, 1, 0.7],
];

export const STAKES: readonly Row[] = [
  [1000, 10, 1, 3, 0, 64, "5H", "5C", 700, -1, null, null, 0, 0],
  [1000, 10, 2, 1, 5, 64, "5H", "5C", 200, -1, null, "5D", 199, 0],
  [2000, 20, 0, 0, 1, 64, "5H", "5D", 100, -1, null, null, 0, 0],
];
