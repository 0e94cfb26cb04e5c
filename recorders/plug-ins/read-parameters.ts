import {
  isWithin,
  keysOf,
  type NumberRange,
  PARAMETER_CODE,
  type Parameter,
  type ParameterDeclarations,
  rangeText,
  type Tier,
} from "../../engine/index.js";
import type { Declaration } from "./declaration.js";

/** A bound of a range, and whether two of them exclude one another. */
const BOUNDS = ["above", "atLeast", "below", "atMost"] as const;

/**
 * The parameters that the file of a rule declares, taken over field by field.
 * @throws TenureError `TEN-PLUGIN-009`
 */
export function readParameters(declared: Declaration): ParameterDeclarations {
  const parameters: Record<string, Parameter> = {};
  const keys = new Map<string, string>();
  for (const name of declared.keys()) {
    const one = declared.child(name);
    if (!/^[a-z][A-Za-z0-9]{0,63}$/.test(name)) throw one.refused(name, "a name such as strength or holdingDays");
    if (name in {}) throw one.refused(name, "a name that no object has by itself");
    const parameter = readParameter(one);
    const key = keysOf(name, parameter).join(".");
    if (keys.has(key)) throw one.refused(name, `a key of its own in a scenario: ${key} is that of ${keys.get(key)}`);
    keys.set(key, name);
    parameters[name] = parameter;
  }
  return Object.freeze(parameters);
}

/** What each kind of parameter declares beside unit, meaning and default. */
const KEYS = { number: ["range"], choice: ["values"], flag: [], tiers: ["section", "key", "bound", "value"] } as const;

function readParameter(one: Declaration): Parameter {
  const kind = one.child("kind").word(["number", "choice", "flag", "tiers"]);
  one.only(["kind", "unit", "meaning", "code", "default", ...KEYS[kind]]);
  const described = { unit: one.child("unit").text(""), meaning: one.child("meaning").text(), code: PARAMETER_CODE };
  const otherwise = one.child("default");
  switch (kind) {
    case "number": {
      const range = readRange(one.child("range"));
      return otherwise.value === undefined
        ? { kind, range, ...described }
        : { kind, range, ...described, default: readNumber(otherwise, range) };
    }
    case "flag":
      if (typeof otherwise.value !== "boolean") throw otherwise.refused(otherwise.value, "true or false");
      return { kind, ...described, default: otherwise.value };
    case "choice": {
      const declared = one.child("values");
      const values = Object.fromEntries(declared.keys().map((word) => [word, declared.child(word).text()]));
      const words = Object.keys(values);
      if (words.length === 0) throw declared.refused("none", "at least one word, each with its meaning");
      return { kind, ...described, values, default: otherwise.word(words) };
    }
    case "tiers": {
      const section = one.child("section");
      section.only(["key", "meaning"]);
      for (const name of ["bound", "value"]) one.child(name).only(["range", "meaning"]);
      const side = (name: "bound" | "value") => ({
        range: readRange(one.child(name).child("range")),
        meaning: one.child(name).child("meaning").text(),
      });
      const tiers = { bound: side("bound"), value: side("value") };
      return {
        kind,
        ...described,
        ...tiers,
        section: { key: readKey(section.child("key")), meaning: section.child("meaning").text() },
        key: readKey(one.child("key")),
        default: readTiers(otherwise, tiers.bound.range, tiers.value.range),
      };
    }
  }
}

function readKey(one: Declaration): string {
  const key = one.text();
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(key)) throw one.refused(key, "a key such as amount or holding_days");
  return key;
}

function readTiers(one: Declaration, bound: NumberRange, value: NumberRange): readonly Tier[] {
  const tiers = one.keys().map((at) => ({
    atLeast: readNumber(one.child(at).child("atLeast"), bound),
    value: readNumber(one.child(at).child("value"), value),
  }));
  if (tiers.length === 0) throw one.refused("none", "at least one tier, { atLeast, value }");
  tiers.forEach(({ atLeast }, at) => {
    if (at > 0 && atLeast <= tiers[at - 1].atLeast) throw one.refused(atLeast, "tiers in ascending order of atLeast, none twice");
  });
  return tiers;
}

function readNumber(one: Declaration, range: NumberRange): number {
  const { value } = one;
  if (typeof value === "number" && isWithin(value, range)) return value;
  throw one.refused(value, `inside the range of the parameter: ${rangeText(range)}`);
}

function readRange(one: Declaration): NumberRange {
  const range: { -readonly [Key in keyof NumberRange]: NumberRange[Key] } = {};
  for (const name of one.keys()) {
    const bound = one.child(name);
    if (name === "whole") {
      if (bound.value === true) range.whole = true;
      else if (bound.value !== undefined) throw bound.refused(bound.value, "true, or left out");
    } else if (name === "places") {
      if (bound.value !== 6 && bound.value !== 9) throw bound.refused(bound.value, "6 or 9");
      range.places = bound.value;
    } else {
      const key = bound.named([...BOUNDS, "whole", "places"]) as (typeof BOUNDS)[number];
      if (typeof bound.value !== "number" || !Number.isFinite(bound.value)) throw bound.refused(bound.value, "a finite number");
      range[key] = bound.value;
    }
  }
  const low = range.above ?? range.atLeast;
  const high = range.below ?? range.atMost;
  if (low !== undefined && high !== undefined && low > high) throw one.refused(rangeText(range), "a range that holds a number");
  return Object.freeze(range);
}
