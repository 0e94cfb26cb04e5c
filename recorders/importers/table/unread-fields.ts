import type { StreamKind } from "../../../engine/index.js";
import type { UnreadField } from "../import-report.js";
import { isSlipOf } from "../spelling-slip.js";
import type { MappedColumn } from "./column-mapping.js";
import type { TableSource } from "./table-source.js";

/** Something that a column without a field was taken to be, though pay hangs on it. */
const ASSUMED: Readonly<Partial<Record<StreamKind, Readonly<Record<string, string>>>>> = {
  emission: { role: "every row is taken as pay of a miner" },
};

/** Plain enough for every shell. */
const BARE_WORD = /^[\w.-]+$/;

/** The fields that nothing was read from, in the order of the file. An object counts as read where something in it is, else as one field. */
export function unreadFields(columns: readonly MappedColumn[], { fields, objects }: TableSource): UnreadField[] {
  const read = new Set(columns.flatMap(({ field }) => field ?? []));
  const within = (name: string) => [...name.matchAll(/\./g)].map(({ index }) => name.slice(0, index)).filter((one) => objects?.has(one));
  const opened = new Set([...read].flatMap(within));
  const free = columns.filter(({ field, constant, fromBlock }) => field === undefined && constant === undefined && !fromBlock);
  const unread = [...new Set(fields)].filter((field) => !read.has(field) && !opened.has(field));
  return unread.flatMap((field) => {
    const meant = free.find(({ column }) => isSlipOf(field, column.name))?.column.name ?? null;
    const isInside = within(field).some((object) => !opened.has(object));
    return isInside && meant === null ? [] : [{ field, meant }];
  });
}

/** Fields that were most likely meant for a column, in words. */
export function slipWarnings(unread: readonly UnreadField[]): string[] {
  return unread.flatMap(({ field, meant }) => {
    if (meant === null) return [];
    const mapping = BARE_WORD.test(field) ? `${meant}=${field}` : `'${meant}=${field}'`;
    return [`The field ${JSON.stringify(field)} was not read. Did you mean ${meant}? --map ${mapping} reads it.`];
  });
}

/** What columns that pay hangs on are taken to be where neither the file nor the command says so, in words. */
export function assumptions(kind: StreamKind, columns: readonly MappedColumn[]): string[] {
  return columns.flatMap(({ column: { name }, field, constant }) => {
    const taken = ASSUMED[kind]?.[name];
    if (taken === undefined || field !== undefined || constant !== undefined) return [];
    return [`Nothing gives ${name}: ${taken}; --map ${name}=<field> or --const ${name}=<value> says otherwise.`];
  });
}
