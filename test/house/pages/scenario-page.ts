import { scenarioJsonSchema } from "../../../scenarios/index.js";

interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
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
    const types = one.type === undefined ? ["anything"] : [one.type].flat();
    return `${types.map((type) => TYPE_WORDS[type] ?? type).join(" or ")}${rangeOf(one)}`;
  });
  return [...new Set(words)].join(" or ");
}

/** One row a key, with the keys of the sections inside it after it. */
function rows(properties: Readonly<Record<string, Schema>>, path: string): string[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const at = path === "" ? key : `${path}.${key}`;
    const inside = variants(schema).flatMap((one) => {
      const list = one.items === undefined ? [] : variants(one.items);
      return [
        ...(one.properties === undefined ? [] : rows(one.properties, at)),
        ...list.flatMap((item) => (item.properties === undefined ? [] : rows(item.properties, `${at}[]`))),
      ];
    });
    const simple = schema.default !== undefined && (typeof schema.default !== "object" || schema.default === null);
    const preset = simple ? `\`${JSON.stringify(schema.default)}\`` : "";
    return [`| \`${at}\` | ${escapeCell(typeOf(schema))} | ${preset} | ${escapeCell(schema.description ?? "")} |`, ...inside];
  });
}

/** The reference of every key of a scenario, as Markdown. */
export function scenarioPage(): string {
  const { properties = {} } = scenarioJsonSchema() as Schema;
  return `${[
    "<!-- Made by `npm run docs:reference` from scenarios/schema. Do not edit. -->",
    "# Scenario keys",
    "A scenario is a YAML file. `tenure scenarios new <name>` begins one, `tenure scenarios check <file>` checks it, and `tenure scenarios schema` prints a JSON Schema for editors. Any key can be replaced for one run: `--set vesting.max_multiplier=2`.",
    "`a[]` stands for the entries of the list `a`.",
    ["| key | value | default | meaning |", "|---|---|---|---|", ...rows(properties, "")].join("\n"),
  ].join("\n\n")}\n`;
}
