import { type ColumnDeclaration, STREAMS, type StreamKind } from "../../../engine/index.js";

/** In which columns two rows of one kind differ, and what each of them says there. */
export interface Difference {
  /** The first of them. */
  readonly column: string;
  /** `action removed, amount_rao 7`. */
  readonly found: string;
  readonly earlier: string;
}

function said({ name, type, values }: ColumnDeclaration, value: number, nameOf: (id: number) => string): string {
  if (type === "choice") return `${name} ${values?.[value] ?? value}`;
  if (type !== "address" && type !== "name") return `${name} ${value}`;
  return `${name} ${value < 0 ? "none" : nameOf(value)}`;
}

/**
 * Undefined where two rows are equal in every column.
 * @param nameOf the address of an id
 */
export function differenceOf(
  kind: StreamKind,
  row: readonly number[],
  earlier: readonly number[],
  nameOf: (id: number) => string,
): Difference | undefined {
  const { columns } = STREAMS[kind];
  const differing = columns.flatMap((column, index) => (row[index] === earlier[index] ? [] : [{ column, index }]));
  if (differing.length === 0) return undefined;
  const say = (values: readonly number[]) => differing.map(({ column, index }) => said(column, values[index], nameOf)).join(", ");
  return { column: differing[0].column.name, found: say(row), earlier: say(earlier) };
}
