import { type Place, STREAMS, type StreamKind, TenureError } from "../../../engine/index.js";
import { nearestNameOrPart } from "../../../scenarios/index.js";
import { listNames } from "../listed-names.js";

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
 * Checks that what is asked for names what is there and does not contradict itself.
 * @throws TenureError `TEN-IMPORT-011` columns or fields that are not there, all at once, `-021` a contradiction
 */
export function checkRequest(kind: StreamKind, request: ColumnRequest, fields: readonly string[], file: string): void {
  checkNames(kind, request, fields, file);
  checkSources(kind, request);
  checkGoneOver(request, fields, file);
}

function checkNames(kind: StreamKind, { map, constants, valued }: ColumnRequest, fields: readonly string[], file: string): void {
  const names = STREAMS[kind].columns.map((column) => column.name);
  const asked = [...new Set([...Object.keys(map), ...Object.keys(constants), ...valued])];
  const unknown = asked.filter((column) => !names.includes(column));
  if (unknown.length > 0) {
    throw new TenureError({
      code: "TEN-IMPORT-011",
      what: `A stream of kind ${kind} has no such column.`,
      place: { file, path: listNames(unknown) },
      found: listNames(unknown),
      allowed: names.join(", "),
      hint:
        reversed(map, names, fields) ??
        suggestions(unknown, names) ??
        "Name columns of the stream before the =, fields of the file behind it.",
    });
  }
  const missing = Object.entries(map).filter(([, field]) => !fields.includes(field));
  if (missing.length === 0) return;
  const missed = [...new Set(missing.map(([, field]) => field))];
  throw noSuchField(missed, fields, { file, path: missing.map(([column]) => column).join(", ") });
}

/** The refusal of fields that are asked for and not there. */
export function noSuchField(missing: readonly string[], fields: readonly string[], place: Place): TenureError {
  return new TenureError({
    code: "TEN-IMPORT-011",
    what: "The file has no such field.",
    place,
    found: listNames(missing),
    allowed: fields.length === 0 ? "the file has no fields" : listNames(fields),
    hint: suggestions(missing, fields) ?? "Names of fields are taken letter by letter, capitals and blanks too.",
  });
}

/** What to write where a field stands before the = and the column that it is for behind it. */
function reversed(map: ColumnRequest["map"], names: readonly string[], fields: readonly string[]): string | undefined {
  const turned = Object.entries(map).filter(
    ([field, column]) => !names.includes(field) && fields.includes(field) && names.includes(column),
  );
  if (turned.length === 0) return undefined;
  return `The column of the stream comes first: --map '${turned.map(([field, column]) => `${column}=${field}`).join(",")}'`;
}

/** `Did you mean "x"?`; of several names `Did you mean "x" for a, "y" for b?`. Undefined when none has a near one. */
export function suggestions(names: readonly string[], known: readonly string[]): string | undefined {
  const near = names.flatMap((name) => {
    const nearest = nearestNameOrPart(name, known);
    return nearest === undefined ? [] : [names.length === 1 ? JSON.stringify(nearest) : `${JSON.stringify(nearest)} for ${name}`];
  });
  return near.length === 0 ? undefined : `Did you mean ${listNames(near)}?`;
}

/** Can each column come from where it is said to come from, and from there alone? */
function checkSources(kind: StreamKind, { map, constants, timesFromBlocks, signed }: ColumnRequest): void {
  const names = STREAMS[kind].columns.map((column) => column.name);
  const both = Object.keys(map).filter((column) => Object.hasOwn(constants, column));
  if (both.length > 0) {
    throw new TenureError({
      code: "TEN-IMPORT-021",
      what: "A column is given a field and a constant.",
      found: both.join(", "),
      allowed: "one of --map and --const for a column",
      hint: "Leave one out.",
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
      what: `A stream of kind ${kind} has no blocks to count times from.`,
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

/** A constant must not stand in silently for a field that the file has, unless `map` says that the field is known and what it is. */
function checkGoneOver({ map, constants, timesFromBlocks }: ColumnRequest, fields: readonly string[], file: string): void {
  const filled = [...Object.keys(constants), ...(timesFromBlocks ? ["time_ms"] : [])];
  const goneOver = filled.filter((column) => fields.includes(column) && !Object.values(map).includes(column));
  if (goneOver.length === 0) return;
  const isTime = timesFromBlocks && goneOver.length === 1 && goneOver[0] === "time_ms";
  throw new TenureError({
    code: "TEN-IMPORT-021",
    what: "The file has a field of the name of a column that is given otherwise.",
    place: { file, path: goneOver.join(", ") },
    found: goneOver.map((column) => (column === "time_ms" && timesFromBlocks ? "--block-time" : `--const ${column}`)).join(", "),
    allowed: `${isTime ? "--block-time" : "--const"} for columns that the file does not have, or whose field --map gives to another column`,
    hint: "Leave it out to take what the file says; to go over that, give the field another name in the file.",
  });
}
