import fc from "fast-check";

/** Plain data, as a scenario's file states it. */
export type Data = null | boolean | number | string | readonly Data[] | { readonly [key: string]: Data };

/** Choices that a writer of YAML makes, drawn one after the other: the next number below `n`. */
export type Choices = (n: number) => number;

/** Draws of choices that shrink to the plainest writing. */
export const choices: fc.Arbitrary<() => Choices> = fc.array(fc.nat({ max: 999 }), { minLength: 40, maxLength: 40 }).map((drawn) => () => {
  let at = 0;
  return (n) => (drawn[at++ % drawn.length] ?? 0) % n;
});

/** A mapping as YAML in one of the many ways to write it: blocks and brackets, quotes, comments, empty lines, CRLF, indentation. */
export function styledYaml(data: { readonly [key: string]: Data }, choose: Choices): string {
  const step = 1 + ((choose(4) + 1) % 4);
  const head = ["", "---\n", "# a file\n\n", "%YAML 1.2\n---\n"][choose(4)];
  const tail = ["\n", "", "\n# end\n", "\n...\n", "\n\n\n", "\n  # deeper\n# end"][choose(6)];
  const text = `${head}${block(data, 0)}${tail}`;
  return choose(3) === 1 ? text.replaceAll("\n", "\r\n") : text;

  function block(value: { readonly [key: string]: Data }, indentation: number): string {
    return Object.entries(value)
      .map(([key, inner]) => `${" ".repeat(indentation)}${keyText(key)}:${below(inner, indentation)}`)
      .join(["\n", "\n\n", `\n${" ".repeat(indentation)}# note\n`, "\n# note\n"][choose(4)]);
  }

  function below(value: Data, indentation: number): string {
    const inBrackets = choose(3) === 1;
    if (isList(value) && value.length > 0 && !inBrackets) {
      const own = indentation + (choose(2) === 0 ? step : 0);
      return `${comment()}\n${value.map((one) => item(one, own)).join("\n")}`;
    }
    if (isMapping(value) && Object.keys(value).length > 0 && !inBrackets) return `${comment()}\n${block(value, indentation + step)}`;
    if (value === null && choose(2) === 0) return comment();
    return `${[" ", "  ", "\t", " \t"][choose(4)]}${flow(value, indentation + step)}${comment()}`;
  }

  function item(value: Data, indentation: number): string {
    const blanks = " ".repeat(indentation);
    if (!isMapping(value) || Object.keys(value).length === 0 || choose(3) === 1)
      return `${blanks}- ${flow(value, indentation + step)}${comment()}`;
    return `${blanks}- ${block(value, indentation + 2).slice(indentation + 2)}`;
  }

  function flow(value: Data, indentation: number): string {
    if (isList(value)) return `[${value.map((one) => flow(one, indentation)).join(choose(2) === 0 ? ", " : ",")}]`;
    if (!isMapping(value)) return scalar(value);
    const entries = Object.entries(value).map(([key, inner]) => `${keyText(key)}: ${flow(inner, indentation + step)}`);
    if (entries.length === 0) return ["{}", "{ }"][choose(2)];
    const line = `\n${" ".repeat(indentation)}`;
    const trailing = ["", ","][choose(2)];
    if (choose(3) === 1) return `{${line}${entries.join(`,${line}`)}${trailing}${[" # note", ""][choose(2)]}\n${" ".repeat(indentation)}}`;
    return choose(2) === 0 ? `{ ${entries.join(", ")}${trailing} }` : `{${entries.join(" , ")}${trailing}}`;
  }

  function comment(): string {
    return ["", "", " # note: { a, b }", "   # note"][choose(4)];
  }

  function keyText(key: string): string {
    return [key, key, `"${key}"`, `'${key}'`][choose(4)];
  }

  function scalar(value: null | boolean | number | string): string {
    if (value === null) return ["null", "~"][choose(2)];
    return typeof value === "string" ? [JSON.stringify(value), `'${value.replaceAll("'", "''")}'`][choose(2)] : String(value);
  }
}

function isMapping(value: Data): value is { readonly [key: string]: Data } {
  return typeof value === "object" && value !== null && !isList(value);
}

function isList(value: Data): value is readonly Data[] {
  return Array.isArray(value);
}
