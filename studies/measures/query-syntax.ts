/** What a query is, read off its syntax tree. */
export interface QuerySyntax {
  readonly statements: number;
  /** Tables and views that it names, each once; those that it makes itself (`WITH`) are left out. */
  readonly tables: readonly string[];
  /** Names of `WITH`. */
  readonly own: ReadonlySet<string>;
  /** What a query of results may not have in it, in words. */
  readonly refused: readonly string[];
}

/** Functions that may stand where a table does: they make rows of their arguments alone. */
const ROW_FUNCTIONS = new Set(["range", "generate_series", "unnest"]);
/** Words that are no columns, and answer what the time is or who asks. */
const OF_THE_MOMENT = new Set([
  "current_date",
  "current_time",
  "current_timestamp",
  "localtime",
  "localtimestamp",
  "current_localtime",
  "current_localtimestamp",
  "current_user",
  "session_user",
  "user",
  "current_role",
  "current_catalog",
  "current_schema",
]);

/** Functions that take the name of another one. */
const AGGREGATING = new Set(["aggregate", "array_aggr", "array_aggregate", "list_aggr", "list_aggregate"]);

type Node = Readonly<Record<string, unknown>>;

/**
 * Reads a syntax tree as `json_serialize_sql` of DuckDB writes it down.
 * @param unrepeatable functions that do not answer of their arguments alone
 * @param database that its tables are in
 */
export function querySyntax(statements: readonly unknown[], unrepeatable: ReadonlySet<string>, database = "memory"): QuerySyntax {
  const tables = new Set<string>();
  const own = new Set<string>();
  const refused: string[] = [];
  const visit = (node: Node): void => {
    const { type, class: kind, sample } = node;
    if (sample != null) refused.push("a sample");
    if (kind === "PARAMETER") refused.push(`a parameter (${String(node.identifier)})`);
    if (type === "BASE_TABLE") tables.add(tableName(node, database));
    if (type === "SHOW_REF") refused.push("DESCRIBE or SHOW");
    if (kind === "FUNCTION") {
      const called = unrepeatableCall(node, unrepeatable);
      if (called !== null) refused.push(called);
    }
    if (type === "TABLE_FUNCTION") {
      const name = String((node.function as Node | null)?.function_name);
      if (!ROW_FUNCTIONS.has(name.toLowerCase())) refused.push(`${name}()`);
    }
    if (kind === "COLUMN_REF") {
      const names = node.column_names as readonly string[];
      if (names.length === 1 && OF_THE_MOMENT.has(names[0].toLowerCase())) refused.push(names[0]);
    }
    const withs = (node.cte_map as { map?: readonly { key: string }[] } | undefined)?.map ?? [];
    for (const { key } of withs) own.add(key.toLowerCase());
  };
  walk(statements, visit);
  return { statements: statements.length, tables: [...tables], own, refused };
}

/** What a function calls that does not answer of its arguments alone, in words; null: nothing. */
function unrepeatableCall({ function_name, children }: Node, unrepeatable: ReadonlySet<string>): string | null {
  const name = String(function_name).toLowerCase();
  const given = Array.isArray(children) ? (children as readonly Node[]) : [];
  if (unrepeatable.has(name)) return `${function_name}()`;
  // The other time is that of now.
  if (name === "age" && given.length === 1) return "age() of one time";
  if (!AGGREGATING.has(name)) return null;
  const inner = (given[1]?.value as Node | undefined)?.value;
  // What is only known when it is computed could be any.
  if (typeof inner !== "string") return `${function_name}() of a name that is not written out`;
  return unrepeatable.has(inner.toLowerCase()) ? `${inner}()` : null;
}

/** A name with the schema and the database that it is looked for in, where it says so and they are not those of the run. */
function tableName({ catalog_name: catalog, schema_name: schema, table_name: table }: Node, database: string): string {
  const isOther = (name: unknown, own: string) => name !== "" && String(name).toLowerCase() !== own;
  const elsewhere = [isOther(catalog, database.toLowerCase()) ? `${catalog}.` : "", isOther(schema, "main") ? `${schema}.` : ""];
  return `${elsewhere.join("")}${table}`.toLowerCase();
}

/** Visits all that is in a tree, whatever it is called. Not by recursion: expressions are as deep as anybody likes to write them. */
function walk(tree: unknown, visit: (node: Node) => void): void {
  const waiting = [tree];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one !== "object" || one === null) continue;
    if (!Array.isArray(one)) visit(one as Node);
    for (const inner of Object.values(one)) waiting.push(inner);
  }
}
