import { camelCase } from "../kernel/names.js";
import type { ColumnArray, ColumnDeclaration, TableDeclaration } from "./column.js";

/** The name of a column as code calls it: `amountRao` for `amount_rao`. */
export type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : S;

type Stored<C extends ColumnDeclaration> = C["type"] extends "time" | "rao" | "real"
  ? Float64Array
  : C["type"] extends "int" | "address" | "name"
    ? Int32Array
    : C["type"] extends "choice" | "flag"
      ? Uint8Array
      : string[];

type Value<C extends ColumnDeclaration> = C["type"] extends "text" | "rao_sum"
  ? string
  : C["type"] extends "flag"
    ? boolean
    : C extends { readonly values: readonly (infer Word)[] }
      ? Word
      : number;

/** The columns of a table by name; a name that it does not have does not compile. */
export type Columns<T extends TableDeclaration> = { readonly [C in T["columns"][number] as CamelCase<C["name"]>]: Stored<C> };

/** A row of a table by name: a `choice` by its word, a `flag` as a boolean. A column too few or too many does not compile. */
export type Row<T extends TableDeclaration> = { readonly [C in T["columns"][number] as CamelCase<C["name"]>]: Value<C> };

/** The arrays of a batch by name. Those of a text column are `string[]`. */
export function columnsByName<T extends TableDeclaration>(declaration: T, columns: readonly ColumnArray[]): Columns<T> {
  return Object.fromEntries(declaration.columns.map(({ name }, index) => [camelCase(name), columns[index]])) as Columns<T>;
}
