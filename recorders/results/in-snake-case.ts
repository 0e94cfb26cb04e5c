import { snakeCase } from "../../engine/index.js";

/** Keys in snake_case, all the way down. Counts by name stay as they are: their names are in snake_case already. */
export function inSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inSnakeCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [snakeCase(key), inSnakeCase(inner)]));
}
