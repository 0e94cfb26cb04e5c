import type { z } from "zod";
import { TenureError } from "../../engine/index.js";
import { SCENARIO_CODES } from "../schema/error-codes.js";
import { scenarioSchema } from "../schema/scenario-schema.js";
import { schemasTo } from "../schema/schema-at.js";
import { allowedBy, isWorded } from "./allowed-by.js";
import { type KeyHint, keyHint } from "./key-hint.js";
import type { Path, PlaceIndex } from "./place-index.js";
import { meaningHint, typeHint, valueHint } from "./value-hint.js";

type Issue = z.core.$ZodIssue;

/** Of the unknown keys of one mapping no more are compared with those there are: a longer list is not misspelt but meant. */
const MOST_SUGGESTIONS = 100;

const FAULTS: Readonly<Record<string, string>> = {
  [SCENARIO_CODES.tooLarge]: "is too large",
  [SCENARIO_CODES.wrongType]: "is of the wrong type",
  [SCENARIO_CODES.outOfRange]: "has a value that is not allowed",
};

interface Fault {
  readonly refusal: TenureError;
  /** Dotted paths of what an unknown key may have been meant to be. */
  readonly meant: readonly string[];
}

/** What a text is checked against. */
export interface Subject {
  readonly schema: z.ZodType;
  /** What the text is to be: "scenario". */
  readonly noun: string;
}

/** A text that was read, and what it is checked against. */
interface Checked extends Subject {
  readonly data: unknown;
  readonly places: PlaceIndex;
}

const SCENARIO: Subject = { schema: scenarioSchema, noun: "scenario" };

/** What the schema found wrong with a text, as refusals with their places. */
export function refusalsOf(issues: readonly Issue[], data: unknown, places: PlaceIndex, subject: Subject = SCENARIO): TenureError[] {
  const checked = { ...subject, data, places };
  const faults = issues.flatMap((issue) => faultsOfIssue(issue, [], checked));
  // A key that is only misspelt or misplaced is not reported as missing, too.
  const meant = new Set(faults.flatMap((fault) => fault.meant));
  return faults
    .map(({ refusal }) => refusal)
    .filter(({ code, place }) => code !== SCENARIO_CODES.missingKey || !meant.has(place?.path ?? ""));
}

function faultsOfIssue(issue: Issue, around: Path, checked: Checked): Fault[] {
  const path = [...around, ...(issue.path as Path)];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key, at) => unknownKey(key, path, issue.message, at < MOST_SUGGESTIONS, checked));
  }
  const found = valueAt(checked.data, path);
  // Words for all alternatives are for a value of none of their types; what is wrong within a mapping is said of its keys.
  if (issue.code === "invalid_union" && found !== undefined && (!isWorded(issue.message) || isMapping(found))) {
    const branch = likeliest(issue.errors, found);
    if (branch !== undefined) return branch.flatMap((inner) => faultsOfIssue(inner, path, checked));
  }
  return [{ refusal: wrongValue(issue, path, found, checked), meant: [] }];
}

/**
 * The alternative that was most likely meant: one that takes a word which others refuse (`synthetic: scores`), however much else is wrong;
 * then the one with the fewest faults. Undefined when the value is of none of their types.
 */
function likeliest(branches: readonly (readonly Issue[])[], found: unknown): readonly Issue[] | undefined {
  const fitting = branches.filter(
    (issues) => !issues.some((issue) => issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value")),
  );
  const telling = (isMapping(found) ? Object.keys(found as object) : []).filter((key) =>
    branches.some((issues) => refusesWord(issues, key)),
  );
  const named = fitting.filter((issues) => telling.some((key) => takes(issues, key)));
  return (named.length > 0 ? named : fitting).map((issues) => ({ issues, faults: faultsOf(issues) })).sort((a, b) => a.faults - b.faults)[0]
    ?.issues;
}

function refusesWord(issues: readonly Issue[], key: string): boolean {
  return issues.some(({ code, path }) => code === "invalid_value" && path.length === 1 && path[0] === key);
}

function takes(issues: readonly Issue[], key: string): boolean {
  return !issues.some((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys.includes(key) : issue.path.length === 1 && issue.path[0] === key,
  );
}

function faultsOf(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
}

function unknownKey(key: string, path: Path, known: string, suggests: boolean, { places, schema }: Checked): Fault {
  const { meant, ...hint }: KeyHint = suggests ? keyHint(key, path, known.split(", "), schema) : { meant: [] };
  const refusal = new TenureError({
    code: SCENARIO_CODES.unknownKey,
    what: `There is no key ${key} here.`,
    place: places.place([...path, key], "key"),
    found: key,
    allowed: known,
    ...hint,
  });
  return { refusal, meant };
}

function wrongValue(issue: Issue, path: Path, found: unknown, { places, schema, data, noun }: Checked): TenureError {
  const allowed = allowedBy(issue);
  const name = path.join(".");
  const schemas = schemasTo(schema, path, data);
  if (found === undefined) {
    const hint = meaningHint(schemas);
    return new TenureError({
      code: SCENARIO_CODES.missingKey,
      what: `${name} is missing.`,
      place: places.place(path, "value"),
      ...(allowed === "" ? {} : { allowed }),
      ...(hint === undefined ? {} : { hint }),
    });
  }
  const place = places.place(path, "value");
  const code = codeOf(issue, found);
  const written = asWritten(found, places.sourceText(path));
  const hint = code === SCENARIO_CODES.outOfRange ? valueHint(issue, written, schemas) : typeHint(issue, found, schemas);
  return new TenureError({
    code,
    what: name === "" ? `The text is not a ${noun}.` : `${name} ${FAULTS[code]}.`,
    place,
    found: written,
    ...(allowed === "" ? {} : { allowed }),
    ...(hint === undefined ? {} : { hint }),
  });
}

function codeOf(issue: Issue, found: unknown): string {
  if (typeof found === "bigint") return SCENARIO_CODES.tooLarge;
  if (issue.code === "invalid_type") {
    const numeric = issue.expected === "number" || issue.expected === "int";
    return numeric && typeof found === "number" ? SCENARIO_CODES.outOfRange : SCENARIO_CODES.wrongType;
  }
  if (issue.code === "invalid_value") return typeof found === "string" ? SCENARIO_CODES.outOfRange : SCENARIO_CODES.wrongType;
  if (issue.code === "invalid_union")
    return typeof found === "string" || typeof found === "number" ? SCENARIO_CODES.outOfRange : SCENARIO_CODES.wrongType;
  return SCENARIO_CODES.outOfRange;
}

/** Amounts are read as text; what was written as a number is shown as one. */
function asWritten(found: unknown, source: string | undefined): unknown {
  return typeof found === "string" && source === found && found.trim() !== "" && Number.isFinite(Number(found)) ? Number(found) : found;
}

function isMapping(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What plain data holds at a path; undefined where there is nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  let at: unknown = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}
