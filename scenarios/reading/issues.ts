import type { z } from "zod";
import { TenureError } from "../../engine/index.js";
import { SCENARIO_CODES } from "../schema/error-codes.js";
import { nearestName } from "../schema/nearest-name.js";
import type { Path, PlaceIndex } from "./place-index.js";

type Issue = z.core.$ZodIssue;

/** Of the unknown keys of one mapping no more are compared with those there are: a longer list is not misspelt but meant. */
const MOST_SUGGESTIONS = 100;

const FAULTS: Readonly<Record<string, string>> = {
  [SCENARIO_CODES.tooLarge]: "is too large",
  [SCENARIO_CODES.wrongType]: "is of the wrong type",
  [SCENARIO_CODES.outOfRange]: "has a value that is not allowed",
};

/** What the schema found wrong with a scenario, as refusals with their places. */
export function refusalsOf(issues: readonly Issue[], scenario: unknown, places: PlaceIndex): TenureError[] {
  const refusals = issues.flatMap((issue) => refusalsOfIssue(issue, [], scenario, places));
  // A key that is only misspelt is not reported as missing, too.
  const meant = new Set(refusals.flatMap(meantPath));
  return refusals.filter(({ code, place }) => code !== SCENARIO_CODES.missingKey || !meant.has(place?.path ?? ""));
}

function refusalsOfIssue(issue: Issue, around: Path, scenario: unknown, places: PlaceIndex): TenureError[] {
  const path = [...around, ...(issue.path as Path)];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key, at) => unknownKey(key, path, issue.message, at < MOST_SUGGESTIONS, places));
  }
  const found = valueAt(scenario, path);
  if (issue.code === "invalid_union" && found !== undefined && !isWorded(issue.message)) {
    const branch = likeliest(issue.errors);
    if (branch !== undefined) return branch.flatMap((inner) => refusalsOfIssue(inner, path, scenario, places));
  }
  return [wrongValue(issue, path, found, places)];
}

/** Does the schema say what is allowed? Otherwise the message is zod's own. */
function isWorded(message: string): boolean {
  return !message.startsWith("Invalid ");
}

/** The alternative that was most likely meant; undefined when the value is of none of their types. */
function likeliest(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const fitting = branches.filter(
    (issues) => !issues.some((issue) => issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value")),
  );
  return fitting.map((issues) => ({ issues, faults: faultsOf(issues) })).sort((a, b) => a.faults - b.faults)[0]?.issues;
}

function faultsOf(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
}

const DID_YOU_MEAN = /^Did you mean (.*)\?$/;

/** The path that an unknown key would have if it were spelt right. */
function meantPath({ code, place, found, hint }: TenureError): string[] {
  if (code !== SCENARIO_CODES.unknownKey || typeof found !== "string" || hint === undefined) return [];
  const nearest = DID_YOU_MEAN.exec(hint)?.[1];
  const path = place?.path ?? "";
  return nearest === undefined ? [] : [path.slice(0, path.length - found.length) + nearest];
}

function unknownKey(key: string, path: Path, known: string, suggests: boolean, places: PlaceIndex): TenureError {
  const nearest = suggests ? nearestName(key, known.split(", ")) : undefined;
  return new TenureError({
    code: SCENARIO_CODES.unknownKey,
    what: `There is no key ${key} here.`,
    place: places.place([...path, key], "key"),
    found: key,
    allowed: known,
    ...(nearest === undefined ? {} : { hint: `Did you mean ${nearest}?` }),
  });
}

function wrongValue(issue: Issue, path: Path, found: unknown, places: PlaceIndex): TenureError {
  const allowed = allowedBy(issue);
  const name = path.join(".");
  if (found === undefined) {
    return new TenureError({
      code: SCENARIO_CODES.missingKey,
      what: `${name} is missing.`,
      place: places.place(path, "value"),
      ...(allowed === "" ? {} : { allowed }),
    });
  }
  const place = places.place(path, "value");
  const code = codeOf(issue, found);
  const hint = hintFor(issue, found);
  return new TenureError({
    code,
    what: name === "" ? "The text is not a scenario." : `${name} ${FAULTS[code]}.`,
    place,
    found: asWritten(found, places.sourceText(path)),
    ...(allowed === "" ? {} : { allowed }),
    ...(hint === undefined ? {} : { hint }),
  });
}

function allowedBy(issue: Issue): string {
  if (issue.code !== "invalid_union" || isWorded(issue.message)) return isWorded(issue.message) ? issue.message : "";
  const words = issue.errors
    .flatMap((branch) => branch.map((inner) => (inner.path.length === 0 ? allowedBy(inner) : "")))
    .filter((text) => text !== "");
  return words.join(", or ");
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

function hintFor(issue: Issue, found: unknown): string | undefined {
  if (typeof found === "bigint") return "Integers above 2^53 - 1 (9007199254740991) cannot be counted exactly.";
  if (typeof found !== "string") return undefined;
  const share = issue.code === "invalid_type" && issue.expected === "number" ? shareOf(found) : undefined;
  // Only where 1 is the most: of a multiplier half a percent is no share.
  if (share !== undefined && /(at most|below) 1$/.test(issue.message))
    return `Shares are written from 0 to 1: ${share} for ${found.trim()}.`;
  const words = issue.code === "invalid_value" ? issue.values : issue.code === "invalid_union" ? wordsOf(issue) : [];
  const nearest = nearestName(found, words.map(String));
  return nearest === undefined ? undefined : `Did you mean ${nearest}?`;
}

/** What a percentage is as a number; undefined for another text. */
function shareOf(text: string): number | undefined {
  const [, percent] = /^\s*([+-]?\d+(?:\.\d+)?)\s*%\s*$/.exec(text) ?? [];
  // As decimals: 33.3 / 100 would be 0.33299999999999996.
  return percent === undefined ? undefined : Number(`${percent}e-2`);
}

/** The words of a union: those of its branches, or where the key that tells them apart has another word, what its message lists. */
function wordsOf(issue: Extract<Issue, { code: "invalid_union" }>): readonly unknown[] {
  if (issue.errors.length > 0) return issue.errors.flatMap(valuesOf);
  return issue.message.replace(/^one of /, "").split(", ");
}

function valuesOf(branch: readonly Issue[]): readonly unknown[] {
  return branch.flatMap((issue) => (issue.code === "invalid_value" ? issue.values : []));
}

/** Amounts are read as text; what was written as a number is shown as one. */
function asWritten(found: unknown, source: string | undefined): unknown {
  return typeof found === "string" && source === found && found.trim() !== "" && Number.isFinite(Number(found)) ? Number(found) : found;
}

function valueAt(value: unknown, path: Path): unknown {
  let at: unknown = value;
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}
