import { nearestName, snakeCase } from "../../engine/index.js";
import { ANY_ENTRY, type KeyHome, keyHomes } from "../schema/key-homes.js";
import type { Schema } from "../schema/schema-walk.js";
import type { Path } from "./place-index.js";

/** More places than anybody compares. */
const MOST_HOMES = 3;

const KNOWN = new WeakMap<Schema, ReadonlyMap<string, readonly KeyHome[]>>();

/** Where the schema has a key, found when first asked: a text without a fault does not need it. */
function homesOf(key: string, schema: Schema): readonly KeyHome[] {
  const known = KNOWN.get(schema) ?? keyHomes(schema);
  KNOWN.set(schema, known);
  return known.get(snakeCase(key).replaceAll("-", "_")) ?? [];
}

/** What an unknown key may have been meant to be. */
export interface KeyHint {
  readonly hint?: string;
  /** Dotted paths of what may be meant. */
  readonly meant: readonly string[];
}

/**
 * The nearest name among the keys that may stand at its place, and where the key itself belongs.
 * @param path of the mapping that has the key
 * @param siblings the keys that may stand there
 * @param schema of the whole text
 */
export function keyHint(key: string, path: Path, siblings: readonly string[], schema: Schema): KeyHint {
  const nearest = nearestName(key, siblings);
  const around = path.map((step) => (typeof step === "number" ? ANY_ENTRY : step));
  const homes = homesOf(key, schema);
  const own = homes.find((home) => isSame(home.path.slice(0, -1), around) && !siblings.includes(home.path[home.path.length - 1]));
  const belongs = own === undefined ? undefined : belongsTo(key, own.kinds);
  const elsewhere = nearestHomes(
    homes.filter((home) => !isSame(home.path.slice(0, -1), around)),
    around,
  ).map((home) => filledIn(home, path));
  const places = own === undefined ? elsewhere : [];
  const names = [...(nearest === undefined ? [] : [nearest]), ...places.map(placeWords)];
  const question = names.length === 0 ? undefined : `Did you mean ${listed(names)}?`;
  const hint = [belongs, question].filter((text) => text !== undefined).join(" ");
  return {
    ...(hint === "" ? {} : { hint }),
    meant: [...(nearest === undefined ? [] : [[...path, nearest].join(".")]), ...places],
  };
}

/** A key of another kind of the same mapping: a stream that is recorded has not those of a synthetic one. */
function belongsTo(key: string, kinds: readonly string[]): string | undefined {
  return kinds.length === 0 ? undefined : `${key} is a key of ${listed(kinds.map((kind) => `\`${kind}\``))}.`;
}

/** Those inside the mapping that has the key, then those nearest to the top. */
function nearestHomes(homes: readonly KeyHome[], around: readonly string[]): readonly KeyHome[] {
  const inside = homes.filter(({ path }) => around.length > 0 && isSame(path.slice(0, around.length), around));
  const others = homes.filter((home) => !inside.includes(home));
  return [...highest(inside), ...highest(others)].slice(0, MOST_HOMES);
}

/** Those that stand nearest to the top, whatever lists are on the way. */
function highest(homes: readonly KeyHome[]): readonly KeyHome[] {
  const depths = homes.map(depthOf);
  return homes.filter((home) => depths.every((depth) => depthOf(home) <= depth));
}

function depthOf({ path }: KeyHome): number {
  return path.filter((step) => step !== ANY_ENTRY).length;
}

/** Dotted, with the entries that the path of the key passes. */
function filledIn({ path }: KeyHome, around: Path): string {
  let shares = true;
  const steps = path.map((step, at) => {
    const own = around[at];
    const isEntry = step === ANY_ENTRY && typeof own === "number";
    shares &&= isEntry || step === own;
    return shares ? own : step;
  });
  return steps.join(".").replaceAll(`.${ANY_ENTRY}`, ANY_ENTRY);
}

function placeWords(path: string): string {
  return path.includes(".") ? path : `${path} at the top`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names[names.length - 1]}`;
}

function isSame(a: readonly (string | number)[], b: readonly (string | number)[]): boolean {
  return a.length === b.length && a.every((step, at) => step === b[at]);
}
