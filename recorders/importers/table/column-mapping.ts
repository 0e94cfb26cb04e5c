import { type ColumnDeclaration, STREAMS, type StreamKind, TenureError } from "../../../engine/index.js";
import { nearestNameHint } from "../nearest-name.js";

/** A stream column and the field of the file it is read from; undefined: absent, `missing` fills it. */
export interface MappedColumn {
  readonly column: ColumnDeclaration;
  readonly field: string | undefined;
}

/**
 * Where each column of a stream is read from: the field the map gives it, else the field of its own name.
 * @param map stream column -> field of the file
 * @throws TenureError `TEN-IMPORT-011` the map names a column or field that is not there, `-012` a column has no field
 */
export function mapColumns(
  kind: StreamKind,
  map: Readonly<Record<string, string>>,
  fields: readonly string[],
  file: string,
): MappedColumn[] {
  const { columns } = STREAMS[kind];
  const names = columns.map((column) => column.name);
  for (const [column, field] of Object.entries(map)) {
    if (!names.includes(column)) {
      throw new TenureError({
        code: "TEN-IMPORT-011",
        what: `A ${kind} stream has no such column.`,
        place: { file, path: column },
        found: column,
        allowed: names.join(", "),
        ...nearestNameHint(column, names),
      });
    }
    if (!fields.includes(field)) {
      throw new TenureError({
        code: "TEN-IMPORT-011",
        what: "The file has no such field.",
        place: { file, path: column },
        found: field,
        allowed: fields.join(", "),
        ...nearestNameHint(field, fields),
      });
    }
  }
  return columns.map((column) => {
    const field = Object.hasOwn(map, column.name) ? map[column.name] : fields.find((name) => name === column.name);
    if (field === undefined && column.optional !== true) {
      throw new TenureError({
        code: "TEN-IMPORT-012",
        what: `A ${kind} stream needs a column that the file does not have.`,
        place: { file, path: column.name },
        found: fields.join(", "),
        allowed: `a field ${column.name}, or --map ${column.name}=<field>`,
        ...nearestNameHint(column.name, fields),
      });
    }
    return { column, field };
  });
}
