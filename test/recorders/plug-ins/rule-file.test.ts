import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type MultiplierRule, math } from "../../../engine/index.js";
import { bindMultiplierRule, DEFAULT_MULTIPLIER_PARAMETERS } from "../../../engine/rules/multipliers/index.js";
import { bundleRule } from "../../../recorders/plug-ins/bundle-rule.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { answering, ruleOf } from "./rule-of.js";

const folder = useTemporaryFolders();

const refused = async (text: string, name = "rule.ts") => {
  const dir = await folder();
  return refusalOf(() => ruleOf(dir, text, "multiplier_rule", name));
};
const declaring = (parts: string) =>
  `export default ({ number, choice, flag }) => ({ kind: "multiplier_rule", name: "mine", meaning: "m", ceiling: () => 1, bind: () => () => 1, ${parts} });`;
const strength = (parts: string) =>
  declaring(`parameters: { strength: { kind: "number", range: { atLeast: 0, atMost: 1 }, meaning: "m", ${parts} } }`);

describe("the text of a rule", () => {
  it("is that of all that it imports, whatever a package.json beside it says", async () => {
    const texts = await Promise.all(
      [null, '{ "sideEffects": false }'].map(async (settings) => {
        const dir = await folder();
        await writeFile(join(dir, "setup.ts"), "export const state: { factor?: number } = {};\nstate.factor = 0.5;");
        await writeFile(join(dir, "change.ts"), 'import { state } from "./setup";\nstate.factor = 0.25;');
        await writeFile(join(dir, "rule.ts"), 'import "./change";\nimport { state } from "./setup";\nexport default () => state.factor;');
        if (settings !== null) await writeFile(join(dir, "package.json"), settings);
        return bundleRule(join(dir, "rule.ts"), "./rule.ts");
      }),
    );
    expect(texts[0].text).toContain(".25");
    expect(texts[1]).toEqual(texts[0]);
  });
});

describe("a file of a rule is refused", () => {
  it.each([
    ["where it does not compile", "export default (\n  x: =", "TEN-PLUGIN-004", { file: "./rule.ts", line: 2, column: 6 }],
    ["behind what is no letter of one byte", 'export const a = "äöü"; x x', "TEN-PLUGIN-004", { file: "./rule.ts", line: 1, column: 27 }],
    [
      "that imports what is not there",
      'import "./gone.js"; export default () => 1',
      "TEN-PLUGIN-004",
      { file: "./rule.ts", line: 1, column: 8 },
    ],
    ["that imports the machine", 'import "node:fs"; export default () => 1', "TEN-PLUGIN-005", { file: "./rule.ts", line: 1, column: 8 }],
    ["that imports code of tenure", 'import { engine } from "tenure"; export default () => engine', "TEN-PLUGIN-005", { line: 1 }],
    ["without a default export", "export const a = 1", "TEN-PLUGIN-008", { file: "./rule.ts" }],
    ["whose default export is no function", "export default { kind: 'multiplier_rule' }", "TEN-PLUGIN-008", {}],
    ["that throws", 'throw new Error("no")', "TEN-PLUGIN-007", { file: "./rule.ts" }],
    ["that throws what has no words", "throw Object.create(null)", "TEN-PLUGIN-007", { file: "./rule.ts" }],
    [
      "with a parameter that every object has",
      declaring('parameters: { constructor: flag({ default: true, meaning: "m" }) }'),
      "TEN-PLUGIN-009",
      {},
    ],
    ["that computes without end", "while (true); export default () => 1", "TEN-PLUGIN-013", { file: "./rule.ts" }],
    ["that waits without end", "(async () => { for (;;) await 0; })(); export default () => 1", "TEN-PLUGIN-007", {}],
    ["of another kind", declaring('kind: "weight_stage"'), "TEN-PLUGIN-009", { path: "kind" }],
    ["of a kind that is misspelt", declaring('kind: "multiplier_rul"'), "TEN-PLUGIN-009", { path: "kind" }],
    ["with a name that is none", declaring('name: "My rule"'), "TEN-PLUGIN-009", { path: "name" }],
    ["with the name of a built-in rule", declaring('name: "geometric"'), "TEN-PLUGIN-017", { path: "name" }],
    ["with the name of a built-in stage", declaring('name: "burn"'), "TEN-PLUGIN-017", { path: "name" }],
    ["with the name of a built-in score", declaring('name: "weighted_sum"'), "TEN-PLUGIN-017", { path: "name" }],
    ["with the name that reports give to a list", declaring('name: "stages"'), "TEN-PLUGIN-017", { path: "name" }],
    ["with a meaning of two lines", declaring('meaning: "a\\nb"'), "TEN-PLUGIN-009", { path: "meaning" }],
    ["without a formula", declaring("bind: 1"), "TEN-PLUGIN-009", { path: "bind" }],
    ["with a default out of its range", strength("default: 2"), "TEN-PLUGIN-009", { path: "parameters.strength.default" }],
    ["with a range without numbers", strength("range: { atLeast: 2, atMost: 1 }"), "TEN-PLUGIN-009", { path: "parameters.strength.range" }],
    ["with a bound that is misspelt", strength("range: { atleast: 2 }"), "TEN-PLUGIN-009", { path: "parameters.strength.range.atleast" }],
    ["with a key that is misspelt", declaring("reachs: () => true"), "TEN-PLUGIN-009", { path: "reachs" }],
    ["with a key of another kind of rule", declaring('effect: "factor"'), "TEN-PLUGIN-009", { path: "effect" }],
    ["with a key of its formula in the declaration", declaring("isBonus: true"), "TEN-PLUGIN-009", { path: "isBonus" }],
    ["with a range's key beside the range", strength("whole: true"), "TEN-PLUGIN-009", { path: "parameters.strength.whole" }],
    ["with a parameter's key that is misspelt", strength("defalut: 1"), "TEN-PLUGIN-009", { path: "parameters.strength.defalut" }],
    ["with a parameter of no kind", strength('kind: "text"'), "TEN-PLUGIN-009", { path: "parameters.strength.kind" }],
    ["with a parameter without meaning", strength("meaning: 1"), "TEN-PLUGIN-009", { path: "parameters.strength.meaning" }],
    ["with a name that no key can be", declaring('parameters: { "a b": number({ range: {}, meaning: "m" }) }'), "TEN-PLUGIN-009", {}],
    ["with a choice of nothing", declaring('parameters: { a: choice({ values: {}, meaning: "m" }) }'), "TEN-PLUGIN-009", {}],
    ["that makes trouble when it is read", declaring("get parameters() { throw 1; }").replace("({ kind", "({ kind"), "TEN-PLUGIN-009", {}],
  ])("%s", async (_what, text, code, place) => {
    const { code: found, place: at, hint, allowed } = await refused(text);
    expect([found, at]).toEqual([code, expect.objectContaining(place)]);
    expect(hint ?? allowed).toBeTruthy();
  });

  it("that is none: a folder, nothing, another language, too long, no text", async () => {
    const dir = await folder();
    await mkdir(join(dir, "folder.ts"));
    await writeFile(join(dir, "long.ts"), " ".repeat((1 << 20) + 1));
    await writeFile(join(dir, "bytes.ts"), Uint8Array.of(0xff, 0xfe, 0xff));
    await writeFile(join(dir, "rule.py"), "print(1)");
    const codeOf = async (name: string) => (await refusalOf(() => bundleRule(join(dir, name), name))).code;
    expect(await codeOf("folder.ts")).toBe("TEN-PLUGIN-001");
    expect(await codeOf("gone.ts")).toBe("TEN-PLUGIN-001");
    expect(await codeOf("bytes.ts")).toBe("TEN-PLUGIN-001");
    expect(await codeOf("rule.py")).toBe("TEN-PLUGIN-002");
    expect(await codeOf("long.ts")).toBe("TEN-PLUGIN-003");
  });

  it("where a file that it imports is wrong, by that file's place", async () => {
    const dir = await folder();
    await mkdir(join(dir, "lib"));
    await writeFile(join(dir, "lib", "part.ts"), "export const a = ;");
    const { code, place } = await refusalOf(() =>
      ruleOf(dir, 'import { a } from "./lib/part.js"; export default () => a', "multiplier_rule"),
    );
    expect([code, place]).toEqual(["TEN-PLUGIN-004", { file: join("lib", "part.ts"), line: 1, column: 18 }]);
  });
});

describe("a bundle", () => {
  it("has the same hash wherever its files lie, whatever is around them, and another for other code", async () => {
    const [one, other] = [await folder(), await folder()];
    const text = 'import { half } from "./half.js"; export default () => half';
    const hashIn = async (dir: string, half: string) => {
      await mkdir(join(dir, "deep"), { recursive: true });
      await writeFile(join(dir, "deep", "half.ts"), `// a comment of ${dir}\nexport const half: number = ${half};`);
      await writeFile(join(dir, "deep", "rule.ts"), text);
      return (await bundleRule(join(dir, "deep", "rule.ts"), "./rule.ts")).sha256;
    };
    const first = await hashIn(one, "0.5");
    await writeFile(
      join(other, "tsconfig.json"),
      '{ "compilerOptions": { "target": "es5", "alwaysStrict": true, "verbatimModuleSyntax": true } }',
    );
    expect(await hashIn(other, "0.5")).toBe(first);
    expect(await hashIn(other, "0.25")).not.toBe(first);
  });
});

describe("the world of a rule", () => {
  const boundOf = async (expression: string) => {
    const rule = await ruleOf<MultiplierRule>(await folder(), answering(expression), "multiplier_rule", "rule.js");
    return bindMultiplierRule({ file: "./rule.js", rule, values: {} }, DEFAULT_MULTIPLIER_PARAMETERS);
  };

  it.each([
    ...[
      "Date.UTC(2025)",
      "process.pid",
      "fetch('x')",
      "crypto.x",
      "performance.mark(1)",
      "setTimeout(1)",
      "globalThis.x",
      "Promise.resolve(1)",
      "console.log(1)",
    ],
    ...["Math.random()", "Math.sin(1)", "Intl.x", "eval('1')", "new Function('1')", "WebAssembly.x", "Buffer.x", "queueMicrotask(1)"],
    ...[
      "'a'.localeCompare('b')",
      "(1).toLocaleString()",
      "[1].toLocaleString()",
      "new Float64Array(1).toLocaleString()",
      "'a'.toLocaleUpperCase()",
    ],
  ])("has no %s, and says so", async (expression) => {
    const formula = await boundOf(expression);
    const { code, found } = await refusalOf(async () => formula(0.5, 1));
    const [name] = /[A-Za-z]+(?=\(|\.|$)/.exec(expression.replace(/^(Math\.|.*\.(?=toLocale|locale)|new (?!Float))/, "")) ?? [""];
    expect([code, found]).toEqual(["TEN-PLUGIN-011", expect.stringMatching(new RegExp(`${name}.* is not there for a rule: .*;`))]);
  });

  it("has no way to make code, nor to ask the machine by a detour", async () => {
    for (const detour of ["(() => {}).constructor('return 1')()", "import('node:' + heldShare)", "(async () => 1)()", "this.process"]) {
      const formula = await boundOf(detour);
      expect((await refusalOf(async () => formula(0.5, 1))).code).toMatch(/^TEN-PLUGIN-01[01]$/);
    }
  });

  it("computes with the engine's own mathematics, also where it writes Math or **", async () => {
    const formulas = await Promise.all([
      boundOf("helpers.exp(-heldDays)"),
      boundOf("Math.exp(-heldDays)"),
      boundOf("helpers.pow(heldShare, heldDays)"),
      boundOf("heldShare ** heldDays"),
      boundOf("Math.min(1, Math.PI / 4 * heldShare)"),
    ]);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1e3, noNaN: true }), (share, days) => {
        const { exp, pow } = math;
        const expected = [exp(-days), exp(-days), pow(share, days), pow(share, days), (Math.PI / 4) * share];
        expect(formulas.map((formula) => formula(share, days))).toEqual(expected);
      }),
    );
  });

  it("leaves that of everybody else as it is", async () => {
    await boundOf("1");
    expect("a".localeCompare("b")).toBe(-1);
    expect(typeof Date.UTC(2025)).toBe("number");
  });
});

describe("what a rule answers", () => {
  const answers = async (expression: string) => {
    const rule = await ruleOf<MultiplierRule>(await folder(), answering(expression), "multiplier_rule", "rule.js");
    return bindMultiplierRule({ file: "./rule.js", rule, values: {} }, DEFAULT_MULTIPLIER_PARAMETERS)(0.5, 1);
  };

  it.each(["NaN", "-1e-300", "1.0000000000000002", "Infinity", "'1'", "undefined", "null", "{}", "1n", "true"])(
    "is refused where it is %s",
    async (expression) => {
      const { code, place, allowed } = await refusalOf(() => answers(expression));
      expect([code, place, allowed]).toEqual(["TEN-PLUGIN-010", { file: "./rule.js" }, "a number of at least 0 and at most 1"]);
    },
  );

  it.each([0, 1, 0.5])("may be %d", async (value) => expect(await answers(String(value))).toBe(value));
});
