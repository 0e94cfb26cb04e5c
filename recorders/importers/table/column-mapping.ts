import { type ColumnDeclaration, STREAMS, type StreamKind, TenureError } from "../../../engine/index.js";
import { listNames } from "../listed-names.js";
import { type ColumnRequest, checkRequest, suggestions } from "./column-request.js";

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

/**
 * Where each column of a stream is read from: its constant, the field the map gives it, else the field of its own name.
 * @throws TenureError what `checkRequest` names; `TEN-IMPORT-012` columns that come from nowhere, all at once, `-021` texts are
 *   replaced in a column that is not read, `-023` a field that is read is there twice
 */
export function mapColumns(kind: StreamKind, request: ColumnRequest, fields: readonly string[], file: string): MappedColumn[] {
  checkRequest(kind, request, fields, file);
  const mapped = STREAMS[kind].columns.map((column): MappedColumn => {
    const { name } = column;
    const constant = Object.hasOwn(request.constants, name) ? request.constants[name] : undefined;
    const fromBlock = name === "time_ms" && request.timesFromBlocks;
    const field = constant !== undefined || fromBlock ? undefined : fieldOf(request, name, fields);
    // Without an action, an amount that is not negative was added.
    const implied = name === "action" && request.signed && field === undefined && constant === undefined ? "added" : constant;
    return { column, field, constant: implied, fromBlock };
  });
  checkOnce(mapped, fields, file);
  checkGiven(kind, mapped, fields, file);
  checkValued(request.valued, mapped, file);
  return mapped;
}

function fieldOf({ map }: ColumnRequest, name: string, fields: readonly string[]): string | undefined {
  return Object.hasOwn(map, name) ? map[name] : fields.find((field) => field === name);
}

function checkOnce(mapped: readonly MappedColumn[], fields: readonly string[], file: string): void {
  for (const { column, field } of mapped) {
    if (field === undefined || fields.filter((name) => name === field).length === 1) continue;
    throw new TenureError({
      code: "TEN-IMPORT-023",
      what: "A field is there twice.",
      place: { file, path: column.name },
      found: field,
      allowed: "each field that is read once",
      hint: "Nothing says which of the two counts; rename one in the first row.",
    });
  }
}

function checkGiven(kind: StreamKind, mapped: readonly MappedColumn[], fields: readonly string[], file: string): void {
  const block = mapped.find(({ column }) => column.name === "block");
  const hasBlocks = (block?.field ?? block?.constant) !== undefined;
  const missing = mapped.flatMap(({ column, field, constant, fromBlock }) => {
    if (fromBlock) return hasBlocks ? [] : ["block"];
    return field !== undefined || constant !== undefined || column.optional === true ? [] : [column.name];
  });
  if (missing.length === 0) return;
  const [name] = missing;
  const hint = missing.includes("time_ms") ? "Times may also be counted from block numbers: --block-time and --block-zero." : undefined;
  throw new TenureError({
    code: "TEN-IMPORT-012",
    what:
      missing.length === 1
        ? `A stream of kind ${kind} needs a column that the file does not have.`
        : `A stream of kind ${kind} needs columns that the file does not have.`,
    place: { file, path: missing.join(", ") },
    found: fields.length === 0 ? "no fields" : listNames(fields),
    allowed:
      missing.length === 1
        ? `a field ${name}, --map ${name}=<field>, or --const ${name}=<value>`
        : `for each of ${missing.join(", ")} a field of its name, --map <column>=<field>, or --const <column>=<value>`,
    hint:
      suggestions(missing, fields) ??
      hint ??
      "If the file has it under another name, --map says which; --const gives what it is in every row.",
  });
}

function checkValued(valued: readonly string[], mapped: readonly MappedColumn[], file: string): void {
  const idle = valued.filter((name) => mapped.some(({ column, field }) => column.name === name && field === undefined));
  if (idle.length === 0) return;
  throw new TenureError({
    code: "TEN-IMPORT-021",
    what: "Texts are given a value in a column that is not read from the file.",
    place: { file, path: idle.join(", ") },
    found: idle.map((name) => `--value ${name}`).join(", "),
    allowed: "--value for columns that a field is read for",
    hint: "Leave it out, or say with --map which field it is for.",
  });
}
