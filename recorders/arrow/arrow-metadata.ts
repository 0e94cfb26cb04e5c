import type { FlatShape } from "./flat-buffer.js";

/** What the metadata of Arrow hold: Schema.fbs, Message.fbs and File.fbs of its format (https://arrow.apache.org/docs/format). */

const BYTE = { kind: "scalar", bytes: 1 } as const;
const SHORT = { kind: "scalar", bytes: 2 } as const;
const INT = { kind: "scalar", bytes: 4 } as const;
const LONG = { kind: "scalar", bytes: 8 } as const;
const TEXT = { kind: "text" } as const;

const KEY_VALUE: FlatShape = [TEXT, TEXT];
const CUSTOM_METADATA = { kind: "tables", of: () => KEY_VALUE } as const;

const INTEGER: FlatShape = [INT, BYTE];
const UNIT: FlatShape = [SHORT];
const EMPTY: FlatShape = [];
/** By the code of the type; those that are missing are not read by the library. */
const TYPES: readonly (FlatShape | undefined)[] = [
  undefined,
  EMPTY, // Null
  INTEGER,
  UNIT, // FloatingPoint
  EMPTY, // Binary
  EMPTY, // Utf8
  EMPTY, // Bool
  [INT, INT, INT], // Decimal
  UNIT, // Date
  [SHORT, INT], // Time
  [SHORT, TEXT], // Timestamp
  UNIT, // Interval
  EMPTY, // List
  EMPTY, // Struct
  [SHORT, { kind: "list", bytes: 4 }], // Union
  [INT], // FixedSizeBinary
  [INT], // FixedSizeList
  [BYTE], // Map
  UNIT, // Duration
  EMPTY, // LargeBinary
  EMPTY, // LargeUtf8
  EMPTY, // LargeList
  undefined, // RunEndEncoded
  EMPTY, // BinaryView
  EMPTY, // Utf8View
];

const DICTIONARY_ENCODING: FlatShape = [LONG, { kind: "table", of: () => INTEGER }, BYTE, SHORT];
const FIELD: FlatShape = [
  TEXT,
  BYTE,
  BYTE,
  { kind: "choice", of: TYPES },
  { kind: "table", of: () => DICTIONARY_ENCODING },
  { kind: "tables", of: () => FIELD },
  CUSTOM_METADATA,
];
/** Slots: endianness, fields, metadata, features. */
export const SCHEMA: FlatShape = [SHORT, { kind: "tables", of: () => FIELD }, CUSTOM_METADATA, { kind: "list", bytes: 8 }];

/** Of a field node: length and count of nulls; of a buffer: offset and length. */
export const PAIR_BYTES = 16;
const PAIRS = { kind: "list", bytes: PAIR_BYTES } as const;
/** Slots: length, nodes, buffers, compression, counts of variadic buffers. */
const RECORD_BATCH: FlatShape = [LONG, PAIRS, PAIRS, { kind: "table", of: () => [BYTE, BYTE] }, { kind: "list", bytes: 8 }];
/** Slots: id, data, whether it adds to an earlier one. */
const DICTIONARY_BATCH: FlatShape = [LONG, { kind: "table", of: () => RECORD_BATCH }, BYTE];

export const MESSAGE_KINDS = ["none", "schema", "dictionary", "batch"] as const;
/** Slots: version, kind, header, length of the body, metadata. */
export const MESSAGE: FlatShape = [
  SHORT,
  BYTE,
  { kind: "choice", of: [undefined, SCHEMA, DICTIONARY_BATCH, RECORD_BATCH] },
  LONG,
  CUSTOM_METADATA,
];

/** Offset in the file, length of the metadata, length of the body, each in 8 bytes. */
export const BLOCK_BYTES = 24;
/** Slots: version, schema, dictionaries, record batches, metadata. */
export const FOOTER: FlatShape = [
  SHORT,
  { kind: "table", of: () => SCHEMA },
  { kind: "list", bytes: BLOCK_BYTES },
  { kind: "list", bytes: BLOCK_BYTES },
  CUSTOM_METADATA,
];
