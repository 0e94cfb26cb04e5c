import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Document, isAlias, isNode, parse as parseYaml, visit } from "yaml";
import { TenureError } from "../../../engine/index.js";
import { listShippedScenarios, parseScenario, type SplicedValue, spliceValues } from "../../../scenarios/index.js";
import { choices, type Data, styledYaml } from "./styled-yaml.js";

const SHIPPED = listShippedScenarios().map(({ name }) => {
  const file = `scenarios/${name}.yaml`;
  const text = readFileSync(file, "utf8");
  return { name, file, text, leaves: leavesOf(parseScenario(text, file).resolved, []) };
});

/** Dotted paths of all values that stand alone, with the value: those that a file states, and the defaults. */
function leavesOf(value: unknown, path: readonly string[]): readonly { readonly path: string; readonly value: unknown }[] {
  if (typeof value !== "object" || value === null) return path.some((step) => step.includes(".")) ? [] : [{ path: path.join("."), value }];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

const WORDS = [
  "replay",
  "redistribute",
  "absolute",
  "on",
  "off",
  "linear",
  "2 d",
  "36 h",
  "30 min",
  "2025-06-01",
  "x: y",
  "#",
  "",
  "1",
  "null",
  "it's",
];

/** A value near to one that stands there, or any. */
function valuesNear(value: unknown): fc.Arbitrary<SplicedValue["value"]> {
  const any = fc.oneof(
    fc.constantFrom(...WORDS),
    fc.boolean(),
    fc.integer({ min: 0, max: 40 }),
    fc.double({ min: 0, max: 3, noNaN: true }),
  );
  if (typeof value === "number") {
    return fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(value, value + 1, value / 2, value * 1.1, Math.floor(value / 3)) },
      { weight: 1, arbitrary: any },
    );
  }
  return typeof value === "string" || typeof value === "boolean" ? fc.oneof({ weight: 3, arbitrary: fc.constant(value) }, any) : any;
}

function outcome<T>(of: () => T): { readonly value: T } | { readonly code: string } {
  try {
    return { value: of() };
  } catch (error) {
    if (error instanceof TenureError) return { code: error.code };
    throw error;
  }
}

const overridesOf = (values: readonly SplicedValue[]) =>
  values.map(({ path, value }) => ({
    text: `${path}=${typeof value === "string" ? JSON.stringify(value) : String(value)}`,
    given: "--set",
  }));

/** The lines of a text that are not in the other at the same place from the top or from the end. */
function changedLines(before: string, after: string): { readonly gone: readonly string[]; readonly come: readonly string[] } {
  const [a, b] = [before.split("\n"), after.split("\n")];
  let [head, tail] = [0, 0];
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head += 1;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  return { gone: a.slice(head, a.length - tail), come: b.slice(head, b.length - tail) };
}

describe("values spliced into the scenarios that come with Tenure", () => {
  it.each(SHIPPED)("are in $name what --set of them is, and one line at most is another", ({ text, file, leaves }) => {
    let loaded = 0;
    const setting = fc.constantFrom(...leaves).chain(({ path, value }) => valuesNear(value).map((one) => ({ path, value: one })));
    fc.assert(
      fc.property(setting, (one) => {
        const wanted = outcome(() => parseScenario(text, file, { overrides: overridesOf([one]) }).resolved);
        const found = outcome(() => spliceValues(text, file, [one]));
        if ("code" in wanted || "code" in found) {
          expect(found).toEqual(wanted);
          return;
        }
        loaded += 1;
        expect(parseScenario(found.value, file).resolved).toEqual(wanted.value);
        expect(changedLines(text, found.value).gone.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
    expect(loaded).toBeGreaterThan(0);
  });

  it.each(SHIPPED)("are in $name, several at once, what --set of them is", ({ text, file, leaves }) => {
    const setting = fc.constantFrom(...leaves).chain(({ path, value }) => valuesNear(value).map((one) => ({ path, value: one })));
    fc.assert(
      fc.property(fc.array(setting, { minLength: 2, maxLength: 5 }), (several) => {
        const wanted = outcome(() => parseScenario(text, file, { overrides: overridesOf(several) }).resolved);
        const found = outcome(() => parseScenario(spliceValues(text, file, several), file).resolved);
        expect(found).toEqual(wanted);
      }),
      { numRuns: 12 },
    );
  });
});

describe("values spliced into scenarios of any writing", () => {
  const scenario = fc.constantFrom(...SHIPPED);

  it("are what --set of them is, and take nothing away but the value that stood there", () => {
    let loaded = 0;
    fc.assert(
      fc.property(
        scenario.chain((one) =>
          fc.tuple(
            fc.constant(one),
            choices,
            fc.constantFrom(...one.leaves).chain((leaf) => fc.tuple(fc.constant(leaf.path), valuesNear(leaf.value))),
          ),
        ),
        ([{ file, text }, made, [path, value]]) => {
          const styled = styledYaml(parseYaml(text) as { [key: string]: Data }, made());
          const wanted = outcome(() => parseScenario(styled, file, { overrides: overridesOf([{ path, value }]) }).resolved);
          const found = outcome(() => spliceValues(styled, file, [{ path, value }]));
          if ("code" in wanted || "code" in found) {
            expect(found).toEqual(wanted);
            return;
          }
          loaded += 1;
          expect(parseScenario(found.value, file).resolved).toEqual(wanted.value);
          // Every comment, break and mark is still there: what is gone has neither blank lines nor comments.
          const { gone } = changedLines(styled, found.value);
          expect(gone.length).toBeLessThanOrEqual(1);
          const count = (of: string, sign: RegExp) => of.match(sign)?.length ?? 0;
          for (const sign of [/# note/g, /# end/g, /\r\n/g, /\t/g])
            expect(count(found.value, sign)).toBeGreaterThanOrEqual(count(styled, sign));
          expect(/(?<!\r)\n/.test(found.value)).toBe(/(?<!\r)\n/.test(styled) || (!styled.includes("\n") && found.value.includes("\n")));
        },
      ),
      { numRuns: 400 },
    );
    expect(loaded).toBeGreaterThan(100);
  });

  it("with anchors and aliases are what --set of them is, or are refused for the alias", () => {
    let [loaded, refused] = [0, 0];
    fc.assert(
      fc.property(
        scenario.chain((one) =>
          fc.tuple(
            fc.constant(one),
            fc.nat({ max: 5 }),
            fc.constantFrom(...one.leaves).chain((leaf) => fc.tuple(fc.constant(leaf.path), valuesNear(leaf.value))),
          ),
        ),
        ([{ file, text }, skipped, [path, value]]) => {
          const aliased = withAliases(parseYaml(text), skipped);
          const wanted = outcome(() => parseScenario(aliased, file, { overrides: overridesOf([{ path, value }]) }).resolved);
          const found = outcome(() => spliceValues(aliased, file, [{ path, value }]));
          if ("code" in found && !("code" in wanted)) {
            expect(found.code).toBe("TEN-SCENARIO-020");
            refused += 1;
          } else if ("code" in found) expect(found).toEqual(wanted);
          else {
            loaded += 1;
            expect(outcome(() => parseScenario(found.value, file).resolved)).toEqual(wanted);
            expect(changedLines(aliased, found.value).gone.length).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 150 },
    );
    expect(loaded).toBeGreaterThan(20);
    expect(refused).toBeGreaterThan(0);
  });
});

/** A text in which values that stand there more than once are written once, with an anchor, and repeated by aliases. */
function withAliases(data: unknown, skipped: number): string {
  const document = new Document(data, { aliasDuplicateObjects: false });
  const known = new Map<string, string>();
  let found = 0;
  visit(document, {
    Value: (key, node) => {
      if (key === "key" || isAlias(node)) return undefined;
      const same = JSON.stringify(node.toJSON());
      const anchor = known.get(same);
      found += 1;
      if (anchor !== undefined && found % 6 !== skipped) return document.createAlias(nodeOf(document, anchor));
      const own = `a${found}`;
      node.anchor = own;
      known.set(same, own);
      return undefined;
    },
  });
  return document.toString({ lineWidth: 0 });
}

function nodeOf(document: Document, anchor: string): Parameters<Document["createAlias"]>[0] {
  let found: Parameters<Document["createAlias"]>[0] | undefined;
  visit(document, (_, node) => {
    if (isNode(node) && !isAlias(node) && node.anchor === anchor) found = node as Parameters<Document["createAlias"]>[0];
  });
  if (found === undefined) throw new Error(`no ${anchor}`);
  return found;
}
