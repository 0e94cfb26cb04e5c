export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  /** Of a mapping whose keys are not listed: what each entry is. */
  readonly additionalProperties?: boolean | Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

const escapeCell = (text: string) => text.replaceAll("|", "\\|");

const TYPE_WORDS: Readonly<Record<string, string>> = { string: "text", integer: "whole number", boolean: "true or false" };

/** The choices of a schema that may be one thing or another. */
const variants = (schema: Schema): readonly Schema[] => (schema.anyOf ?? schema.oneOf)?.flatMap(variants) ?? [schema];

function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const parts = [
    exclusiveMinimum === undefined ? undefined : `above ${exclusiveMinimum}`,
    minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? undefined : `from ${minimum}`,
    exclusiveMaximum === undefined ? undefined : `below ${exclusiveMaximum}`,
    maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? undefined : `to ${maximum}`,
  ];
  const range = parts.filter((part) => part !== undefined).join(" ");
  return range === "" ? "" : ` ${range}`;
}

function typeOf(schema: Schema): string {
  const words = variants(schema).map((one) => {
    if (one.const !== undefined) return `\`${String(one.const)}\``;
    if (one.enum !== undefined) return one.enum.map((word) => `\`${String(word)}\``).join(", ");
    if (one.type === "array") return `list of ${one.items === undefined ? "anything" : typeOf(one.items)}`;
    if (one.properties !== undefined) return "section";
    const entry = entryOf(one);
    if (entry !== undefined) return `mapping of ${typeOf(entry)}`;
    const types = one.type === undefined ? ["anything"] : [one.type].flat();
    return `${types.map((type) => TYPE_WORDS[type] ?? type).join(" or ")}${rangeOf(one)}`;
  });
  return [...new Set(words)].join(" or ");
}

/** What each entry of a mapping is; undefined: it is none, or may hold anything. */
function entryOf({ additionalProperties: entry }: Schema): Schema | undefined {
  return typeof entry === "object" && Object.keys(entry).length > 0 ? entry : undefined;
}

/** One row a key, with the keys of the sections inside it after it. */
function rows(properties: Readonly<Record<string, Schema>>, path: string): string[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const at = path === "" ? key : `${path}.${key}`;
    const simple = schema.default !== undefined && (typeof schema.default !== "object" || schema.default === null);
    const preset = simple ? `\`${JSON.stringify(schema.default)}\`` : "";
    return [`| \`${at}\` | ${escapeCell(typeOf(schema))} | ${preset} | ${escapeCell(schema.description ?? "")} |`, ...inside(schema, at)];
  });
}

/** The rows of the sections in a value, whichever of its choices it is. */
function inside(schema: Schema, at: string): string[] {
  return variants(schema).flatMap((one) => {
    const entry = entryOf(one);
    return [
      ...(one.properties === undefined ? [] : rows(one.properties, at)),
      ...(one.items === undefined ? [] : inside(one.items, `${at}[]`)),
      ...(entry === undefined ? [] : inside(entry, `${at}.*`)),
    ];
  });
}

/** The keys of a JSON Schema's mapping as a table of Markdown. */
export function schemaTable({ properties = {} }: Schema): string {
  return ["| key | value | default | meaning |", "|---|---|---|---|", ...rows(properties, "")].join("\n");
}
