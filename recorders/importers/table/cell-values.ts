import { COLUMN_NAME, type ColumnDeclaration, type Place, TenureError, TIME_LIMIT_MS } from "../../../engine/index.js";
import type { AddressIntake } from "../../addresses/index.js";
import { type AmountUnit, takeRao } from "../amounts.js";
import { fractionHint } from "../date-forms.js";
import { exactWhole } from "../exact-whole.js";
import { takeTime } from "../input-values.js";
import { namedField } from "../named-field.js";
import { numberHint } from "../number-forms.js";
import { type Cell, Nested } from "./table-source.js";
import { valueHint } from "./unknown-choices.js";

const REAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const NO_NUMBER = "A value is no number.";
const LARGEST_INT = 2_147_483_647;
const ALL_SUBNETS = "-1, all subnets, is for swaps of keys in a stake table; elsewhere each subnet has a row of its own.";

function refuse(what: string, place: () => Place, found: unknown, allowed: string, hint: { readonly hint?: string } = {}): never {
  throw new TenureError({ code: "TEN-IMPORT-013", what, place: place(), found, allowed, ...hint });
}

/** A cell that holds one value. */
type Value = Exclude<Cell, Nested | null>;

/** Digits where a number is whole, so that amounts and indexes are judged as text whatever they came as. */
export function textOf(cell: Value): string {
  return typeof cell === "number" && Number.isInteger(cell) ? BigInt(cell).toString() : String(cell);
}

function takeReal(column: ColumnDeclaration, cell: Value, place: () => Place): number {
  const isNumber = typeof cell === "number" ? Number.isFinite(cell) : REAL.test(textOf(cell).trim());
  const value = Number(cell);
  const { above } = column;
  if (isNumber && Number.isFinite(value) && (above === undefined ? value >= 0 : value > above)) return value;
  const allowed = above === undefined ? "finite and 0 or more" : `finite and above ${above}`;
  if (isNumber) return refuse("A number is out of range.", place, cell, allowed);
  return refuse(NO_NUMBER, place, cell, allowed, numberHint(textOf(cell), namedField(place())));
}

function takeInt(column: ColumnDeclaration, cell: Value, place: () => Place): number {
  const least = column.atLeast ?? (column.missing === -1 ? -1 : 0);
  const text = textOf(cell);
  const exact = exactWhole(text);
  const most = column.atMost ?? LARGEST_INT;
  if (typeof exact !== "string") {
    const value = exact.negative ? -exact.whole : exact.whole;
    if (value >= least && value <= most) return value;
  }
  const what = exact === "none" ? NO_NUMBER : exact === "fraction" ? "A number is not whole." : "A whole number is out of range.";
  const isAllSubnets = column.name === "netuid" && typeof exact !== "string" && exact.negative && exact.whole === 1;
  const hint = isAllSubnets ? { hint: ALL_SUBNETS } : exact === "none" ? numberHint(text, namedField(place())) : {};
  return refuse(what, place, cell, `${least} to ${most}`, hint);
}

/** Whole ms in any form of a number, or a time as text. */
function takeInstant(text: string, place: () => Place): number {
  const exact = exactWhole(text);
  if (exact === "none") return takeTime(text, place);
  if (typeof exact !== "string" && !exact.negative && exact.whole < TIME_LIMIT_MS) return exact.whole;
  const at = place();
  throw new TenureError({
    code: "TEN-IMPORT-007",
    what: exact === "fraction" ? "A time is a fraction of a millisecond." : "A time is out of range.",
    place: at,
    found: text,
    allowed: `${exact === "fraction" ? "whole numbers, " : ""}0 to ${TIME_LIMIT_MS - 1} ms since 1970 UTC`,
    hint: exact === "fraction" ? fractionHint(text, namedField(at)) : "Times are milliseconds, not micro- or nanoseconds.",
  });
}

function takeMissing(column: ColumnDeclaration, place: () => Place): number {
  if (column.optional === true) return column.missing ?? 0;
  const isAmount = column.type === "rao";
  throw new TenureError({
    code: isAmount ? "TEN-IMPORT-005" : "TEN-IMPORT-013",
    what: isAmount ? "An amount is missing." : "A value is missing.",
    place: place(),
    found: null,
    allowed: "a value in every row",
  });
}

/** Is there nothing in the cell? */
export function isEmpty(cell: Cell): cell is null | string {
  return cell === null || (typeof cell === "string" && cell.trim() === "");
}

function refuseNested(column: ColumnDeclaration, cell: Nested, place: () => Place): never {
  const at = place();
  const field = at.path?.replace(/^row \d+, /, "") ?? column.name;
  const [key = "<key>"] = Object.keys(cell.value);
  return refuse(
    cell.isList ? "A list stands where one value should." : "An object stands where one value should.",
    () => at,
    cell.value,
    "text or a number",
    {
      hint: cell.isList
        ? "Write what is meant as a field of its own."
        : `A field inside it is named with a point: --map '${column.name}=${field}.${key}'`,
    },
  );
}

/** Text; a number counts as its digits. True, false and fractions are no names of anything. */
function takeAddress(cell: Value, intake: AddressIntake, place: () => Place): number {
  if (typeof cell === "string" || typeof cell === "bigint" || Number.isInteger(cell)) return intake.take(textOf(cell).trim(), place);
  throw new TenureError({
    code: "TEN-IMPORT-006",
    what: "An address is not text.",
    place: place(),
    found: cell,
    allowed: "text, or a whole number, which counts as its digits",
    hint: "Check which field holds the addresses.",
  });
}

function takeName(column: ColumnDeclaration, text: string, intake: AddressIntake, place: () => Place): number {
  if (COLUMN_NAME.test(text)) return intake.book.intern(text);
  return refuse(`There is no such ${column.name}.`, place, text, "letters, digits and _, beginning with a letter");
}

/** The code of a choice; -1 for a text that is none. */
export function choiceOf(column: ColumnDeclaration, cell: Value): number {
  return (column.values ?? []).indexOf(textOf(cell).trim());
}

/**
 * A cell as the stream column holds it: an id for an address, a code for a choice.
 * @throws TenureError `TEN-IMPORT-005` an amount, `-006` an address, `-007` a time, `-013` any other value
 */
export function takeCell(column: ColumnDeclaration, cell: Cell, intake: AddressIntake, unit: AmountUnit, place: () => Place): number {
  if (isEmpty(cell)) return takeMissing(column, place);
  if (cell instanceof Nested) return refuseNested(column, cell, place);
  switch (column.type) {
    case "time":
      return takeInstant(textOf(cell).trim(), place);
    case "rao":
      return takeRao(textOf(cell), place, unit);
    case "real":
      return takeReal(column, cell, place);
    case "int":
      return takeInt(column, cell, place);
    case "address":
      return takeAddress(cell, intake, place);
    case "name":
      return takeName(column, textOf(cell).trim(), intake, place);
    default: {
      const code = choiceOf(column, cell);
      if (code !== -1) return code;
      const names = column.values ?? [];
      const text = textOf(cell).trim();
      return refuse(`There is no such ${column.name}.`, place, text, names.join(", "), { hint: valueHint(column.name, [text], names) });
    }
  }
}
