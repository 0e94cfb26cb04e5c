import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { sourceFiles } from "./pages/error-codes.js";

const root = resolve(import.meta.dirname, "../..");

/** Found is what the machine or a node says, or how far it got; nothing else could have been given in its place. */
const NO_VALUE = new Set([
  "TEN-CHAIN-002",
  "TEN-CHAIN-003",
  "TEN-CHAIN-006",
  "TEN-CHAIN-033",
  "TEN-RESULT-011",
  "TEN-STREAM-017",
  "TEN-CLI-007",
  "TEN-CLI-008",
  "TEN-CLI-009",
  "TEN-BUG",
]);

/** A refusal of the engine that is given the place of the scenario: what it does not say stands where it is made. */
const PASSED_ON = "code";
/** The place itself, or what whoever reads the text makes one of. */
const PLACES = ["place", "path", "offset"];
/** What is missing has no value. */
const NOTHING_FOUND = new Set(["SCENARIO_CODES.missingKey"]);

interface Written {
  readonly where: string;
  readonly code: string;
  readonly names: ReadonlySet<string>;
}

const nameOf = (property: ts.ObjectLiteralElementLike) => property.name?.getText() ?? "";

/** Keys of an object literal, also those of objects that are spread into it under a condition. */
function keysOf(node: ts.ObjectLiteralExpression): string[] {
  return node.properties.flatMap((property) => {
    if (!ts.isSpreadAssignment(property)) return [nameOf(property)];
    const keys: string[] = [];
    const visit = (inner: ts.Node): void => {
      if (ts.isObjectLiteralExpression(inner)) keys.push(...keysOf(inner));
      // Of something made elsewhere; that place is looked at for itself.
      else if (ts.isIdentifier(inner) && inner.parent === property) keys.push("...");
      else ts.forEachChild(inner, visit);
    };
    visit(property.expression);
    if (ts.isIdentifier(property.expression)) keys.push("...");
    return keys;
  });
}

/** Every refusal as the sources write it down: an object with a code and a sentence that says what is wrong. */
function refusals(): Written[] {
  return sourceFiles().flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(resolve(root, file), "utf8"), ts.ScriptTarget.Latest, true);
    const found: Written[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isObjectLiteralExpression(node)) {
        const code = node.properties.find((property) => nameOf(property) === "code");
        if (code !== undefined && node.properties.some((property) => nameOf(property) === "what")) {
          const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
          const text = ts.isPropertyAssignment(code) ? code.initializer.getText().replaceAll('"', "") : "code";
          // The beginning of a refusal that a function of its own completes.
          const isBeginning = node.properties.length === 2;
          if (!isBeginning) found.push({ where: `${file}:${line}`, code: text, names: new Set(keysOf(node)) });
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

describe("every refusal", () => {
  const all = refusals();

  it("is found", () => expect(all.length).toBeGreaterThan(200));

  it("says what is allowed or what to do", () => {
    const silent = all.filter(({ names }) => !["allowed", "hint", "..."].some((name) => names.has(name)));
    expect(silent.map(({ where, code }) => `${where} ${code}`)).toEqual([]);
  });

  it("of a scenario or a report says where, what was found, what is allowed and what to do", () => {
    const rooms = all.filter(({ where, code }) => /^(scenarios|reports)\//.test(where) && code !== PASSED_ON);
    expect(rooms.length).toBeGreaterThan(30);
    const silent = rooms.flatMap(({ where, code, names }) => {
      const says = (...keys: string[]) => [...keys, "..."].some((name) => names.has(name));
      const missing = [
        ...(says(...PLACES) ? [] : ["place"]),
        ...(says("found") || NOTHING_FOUND.has(code) ? [] : ["found"]),
        ...["allowed", "hint"].filter((key) => !says(key)),
      ];
      return missing.map((key) => `${where} ${code}: ${key}`);
    });
    expect(silent).toEqual([]);
  });

  it("of a value says what is allowed", () => {
    const silent = all.filter(
      ({ code, names }) => names.has("found") && !["allowed", "..."].some((name) => names.has(name)) && !NO_VALUE.has(code),
    );
    expect(silent.map(({ where, code }) => `${where} ${code}`)).toEqual([]);
  });
});
