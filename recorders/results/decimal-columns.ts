import type { ColumnDeclaration, TableDeclaration } from "../../engine/index.js";

/** A column of a view: an amount in whole rao, as a decimal of the token it is of. */
export interface DecimalColumn {
  readonly name: string;
  /** The column of the table, in rao. */
  readonly from: string;
  /** What the token is called in words; null: it depends on the row. */
  readonly token: string | null;
  /** Whether it may be more than a decimal holds; it is null then. */
  readonly isSum: boolean;
}

/** Declared as rao alone, and TAO; the others are alpha of the subnet that the row is of. */
const OF_TAO: ReadonlySet<string> = new Set([
  "participants.tao_start_rao",
  "participants.tao_end_rao",
  "nav.cash_rao",
  "nav.pool_tao_rao",
  "trades.tao_change_rao",
  "rebalances.tao_rao",
  "submissions.attested_nav_rao",
]);

/** Whose token differs from row to row, as their meaning says. */
const OF_ANY: ReadonlySet<string> = new Set([
  "trades.market_fee_rao",
  "agent_orders.fee_rao",
  "flags.amount_rao",
  "budgets.due_rao",
  "budgets.stays_due_rao",
]);

const WORDS = { tao: "TAO", alpha: "alpha", tokens: "index tokens" } as const;

/** The columns that show the amounts of a table as decimals, in its order: `paid_rao` as `paid_alpha`, `tao_in_rao` as `tao_in`. */
export function decimalColumns(table: TableDeclaration): readonly DecimalColumn[] {
  return table.columns.filter(({ type }) => type === "rao" || type === "rao_sum").map((column) => decimalColumn(table.name, column));
}

/**
 * The expression of such a column: exact, with nine decimals, below 10^19 tokens (there are fewer than 10^8 of any).
 * @param alias of the table
 */
export function decimalExpression({ name, from, isSum }: DecimalColumn, alias: string): string {
  // The product of two decimals is a decimal; a division would be a double.
  return `${isSum ? "TRY_CAST" : "CAST"}(${alias}.${from} AS DECIMAL(28, 0)) * CAST(0.000000001 AS DECIMAL(10, 9)) AS ${name}`;
}

function decimalColumn(table: string, { name, unit, type }: ColumnDeclaration): DecimalColumn {
  const stem = name.replace(/_rao$/, "");
  const token = tokenOf(`${table}.${name}`, unit);
  const isSum = type === "rao_sum";
  if (token === null) return { name: stem, from: name, token, isSum };
  return { name: stem.split("_").includes(token) ? stem : `${stem}_${token}`, from: name, token: WORDS[token], isSum };
}

function tokenOf(column: string, unit: string): keyof typeof WORDS | null {
  if (OF_ANY.has(column)) return null;
  if (OF_TAO.has(column) || unit.endsWith("of TAO")) return "tao";
  return unit.endsWith("index token") ? "tokens" : "alpha";
}
