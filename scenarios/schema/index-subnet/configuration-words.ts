import { snakeCase } from "../../../engine/index.js";
import { amountTokens } from "../amount.js";
import { durationText } from "../duration.js";

/** Plain data in the words of a scenario file. */
export type Words = { readonly [key: string]: unknown };

/**
 * A configuration of the engine in the words of a scenario file: keys in snake_case, rao as tokens and milliseconds as time
 * spans, with the unit dropped from their keys (`minVolumeRao: 1_000_000_000` is `min_volume: 1`).
 */
export function wordsOf(configuration: object): Words {
  return Object.fromEntries(Object.entries(configuration).map(([key, value]) => word(key, value)));
}

function word(key: string, value: unknown): [string, unknown] {
  if (typeof value === "number" && key.endsWith("Rao")) return [snakeCase(key.slice(0, -3)), amountTokens(value)];
  if (typeof value === "number" && key.endsWith("Ms")) return [snakeCase(key.slice(0, -2)), durationText(value)];
  return [snakeCase(key), inWords(value)];
}

function inWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inWords);
  return typeof value === "object" && value !== null ? wordsOf(value) : value;
}
