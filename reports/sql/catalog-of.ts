import { TenureError } from "../../engine/index.js";
import type { CatalogEntry, TablesDatabase } from "../../recorders/index.js";
import { nearestNameOrPart } from "../../scenarios/index.js";
import { tablesInWords } from "./refusals.js";

/**
 * What can be asked: all tables and views, or one with its view.
 * @throws TenureError `TEN-SQL-013` there is none of that name
 */
export async function catalogOf(database: TablesDatabase, name: string | null): Promise<readonly CatalogEntry[]> {
  const entries = await database.catalog();
  if (name === null) return entries;
  const own = name.toLowerCase();
  const named = entries.filter((entry) => entry.name === own || entry.name === `${own}_view`);
  if (named.length > 0) return named;
  const names = entries.map((entry) => entry.name);
  const nearest = nearestNameOrPart(name, names);
  throw new TenureError({
    code: "TEN-SQL-013",
    what: "There is no table or view of this name.",
    place: { path: "--tables" },
    found: name,
    allowed: tablesInWords(names),
    hint: nearest === undefined ? "Leave the name out for all of them." : `Did you mean ${nearest}?`,
  });
}
