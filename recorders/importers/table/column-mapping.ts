import { type ColumnDeclaration, STREAMS, type StreamKind, TenureError } from "../../../engine/index.js";
import { nearestNameHint } from "../nearest-name.js";

/** A stream column and where its values come from: a field, one constant, the row's block, or nowhere (`missing` fills it). */
export interface MappedColumn {
  readonly column: ColumnDeclaration;
  /** Of the file; undefined: not from the file. */
  readonly field: string | undefined;
  /** The same in every row. */
  readonly constant: string | undefined;
  /** A time that is counted from the row's block number. */
  readonly fromBlock: boolean;
}

/** What was asked for of the columns of a stream. */
export interface ColumnRequest {
  /** Stream column -> field of the file. */
  readonly map: Readonly<Record<string, string>>;
  /** Stream column -> what it is in every row. */
  readonly constants: Readonly<Record<string, string>>;
  /** Stream columns whose texts are replaced. */
  readonly valued: readonly string[];
  /** Are times counted from block numbers? */
  readonly timesFromBlocks: boolean;
  /** Does the sign of the amount say the action? */
  readonly signed: boolean;
}

/**
 * Where each column of a stream is read from: its constant, the field the map gives it, else the field of its own name.
 * @throws TenureError `TEN-IMPORT-011` a column or field that is not there, `-012` a column comes from nowhere, `-021` what is
 *   asked for contradicts itself, `-023` a field that is read is there twice
 */
export function mapColumns(kind: StreamKind, request: ColumnRequest, fields: readonly string[], file: string): MappedColumn[] {
  const { columns } = STREAMS[kind];
  const names = columns.map((column) => column.name);
  checkNames(kind, request, names, fields, file);
  const mapped = columns.map((column): MappedColumn => {
    const { name } = column;
    const constant = Object.hasOwn(request.constants, name) ? request.constants[name] : undefined;
    const fromBlock = name === "time_ms" && request.timesFromBlocks;
    const field = constant !== undefined || fromBlock ? undefined : fieldOf(request, name, fields);
    // Without an action, an amount that is not negative was added.
    const implied = name === "action" && request.signed && field === undefined && constant === undefined ? "added" : constant;
    return { column, field, constant: implied, fromBlock };
  });
  for (const source of mapped) checkSource(kind, source, mapped, fields, file);
  return mapped;
}

function fieldOf({ map }: ColumnRequest, name: string, fields: readonly string[]): string | undefined {
  return Object.hasOwn(map, name) ? map[name] : fields.find((field) => field === name);
}

function checkNames(kind: StreamKind, request: ColumnRequest, names: readonly string[], fields: readonly string[], file: string): void {
  const { map, constants, valued, timesFromBlocks, signed } = request;
  for (const column of [...Object.keys(map), ...Object.keys(constants), ...valued]) {
    if (names.includes(column)) continue;
    throw new TenureError({
      code: "TEN-IMPORT-011",
      what: `A ${kind} stream has no such column.`,
      place: { file, path: column },
      found: column,
      allowed: names.join(", "),
      ...nearestNameHint(column, names),
    });
  }
  for (const [column, field] of Object.entries(map)) {
    if (Object.hasOwn(constants, column)) {
      throw new TenureError({
        code: "TEN-IMPORT-021",
        what: "A column is given a field and a constant.",
        found: column,
        allowed: "one of --map and --const for a column",
        hint: "Leave one out.",
      });
    }
    if (fields.includes(field)) continue;
    throw new TenureError({
      code: "TEN-IMPORT-011",
      what: "The file has no such field.",
      place: { file, path: column },
      found: field,
      allowed: fields.join(", "),
      ...nearestNameHint(field, fields),
    });
  }
  if (timesFromBlocks && (Object.hasOwn(map, "time_ms") || Object.hasOwn(constants, "time_ms"))) {
    throw new TenureError({
      code: "TEN-IMPORT-021",
      what: "Times come from two places.",
      found: "--block-time, and a field or constant for time_ms",
      allowed: "one of them",
      hint: "Leave one out.",
    });
  }
  if (timesFromBlocks && !names.includes("block")) {
    throw new TenureError({
      code: "TEN-IMPORT-021",
      what: `A ${kind} stream has no blocks to count times from.`,
      found: "--block-time",
      allowed: "a field for time_ms",
      hint: "Use --map time_ms=<field>.",
    });
  }
  if (signed && !(names.includes("action") && names.includes("amount_rao"))) {
    throw new TenureError({
      code: "TEN-IMPORT-021",
      what: `The rows of a ${kind} stream have no direction.`,
      found: "--negative",
      allowed: "--negative with --kind stake",
      hint: "Leave --negative out.",
    });
  }
}

function checkSource(kind: StreamKind, source: MappedColumn, all: readonly MappedColumn[], fields: readonly string[], file: string): void {
  const { column, field, constant, fromBlock } = source;
  if (field !== undefined && fields.filter((name) => name === field).length > 1) {
    throw new TenureError({
      code: "TEN-IMPORT-023",
      what: "A field is there twice.",
      place: { file, path: column.name },
      found: field,
      allowed: "each field that is read once",
      hint: "Nothing says which of the two counts; rename one in the first row.",
    });
  }
  const block = all.find((other) => other.column.name === "block");
  const isGiven = field !== undefined || constant !== undefined || (fromBlock && (block?.field ?? block?.constant) !== undefined);
  if (isGiven || (column.optional === true && !fromBlock)) return;
  const name = fromBlock ? "block" : column.name;
  throw new TenureError({
    code: "TEN-IMPORT-012",
    what: `A ${kind} stream needs a column that the file does not have.`,
    place: { file, path: name },
    found: fields.join(", "),
    allowed: `a field ${name}, --map ${name}=<field>, or --const ${name}=<value>`,
    ...nearestNameHint(name, fields),
  });
}
