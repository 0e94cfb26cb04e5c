import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TenureError } from "../../../../engine/index.js";
import { parseConstraint } from "../../../../studies/tuning/space/constraint.js";
import type { TunedValue } from "../../../../studies/tuning/space/domain.js";

const PATHS = ["vesting.retention_target", "vesting.max_multiplier", "stages.0.below-minimum", "stages.0.below"];
const [TARGET, , HYPHENATED, BELOW] = PATHS;
const values = (of: Readonly<Record<string, TunedValue>>) => new Map(Object.entries(of));
const holds = (text: string, of: Readonly<Record<string, TunedValue>> = {}) => parseConstraint(text, PATHS).holds(values(of));
const refusal = (text: string): TenureError => {
  try {
    parseConstraint(text, PATHS);
  } catch (error) {
    if (error instanceof TenureError) return error;
    throw error;
  }
  return expect.fail("nothing was refused");
};

/** A formula as a tree, written and computed by a model that shares nothing with the reader. */
type Tree = number | { readonly path: string } | { readonly sign: "+" | "-" | "*" | "/"; readonly left: Tree; readonly right: Tree };

const RANK = { "+": 1, "-": 1, "*": 2, "/": 2 };

function written(tree: Tree): string {
  if (typeof tree === "number") return String(tree);
  if ("path" in tree) return tree.path;
  const { sign, left, right } = tree;
  const part = (one: Tree, isRight: boolean) => {
    const isLoose = typeof one === "object" && "sign" in one && (RANK[one.sign] < RANK[sign] || (isRight && RANK[one.sign] === RANK[sign]));
    return isLoose ? `(${written(one)})` : written(one);
  };
  return `${part(left, false)} ${sign} ${part(right, true)}`;
}

function computed(tree: Tree, of: Readonly<Record<string, number>>): number {
  if (typeof tree === "number") return tree;
  if ("path" in tree) return of[tree.path];
  const [a, b] = [computed(tree.left, of), computed(tree.right, of)];
  return { "+": a + b, "-": a - b, "*": a * b, "/": a / b }[tree.sign];
}

const { tree } = fc.letrec<{ tree: Tree; leaf: Tree; branch: Tree }>((tie) => ({
  leaf: fc.oneof(
    fc.integer({ min: 0, max: 9 }),
    fc.constantFrom(...PATHS).map((path) => ({ path })),
  ),
  branch: fc.record({
    sign: fc.constantFrom("+" as const, "-" as const, "*" as const, "/" as const),
    left: tie("tree"),
    right: tie("tree"),
  }),
  tree: fc.oneof({ maxDepth: 4 }, tie("leaf"), tie("branch")),
}));

describe("a constraint", () => {
  it("is kept where the naive reading of the formula keeps it, brackets and precedence included", () => {
    const number = fc.integer({ min: -3, max: 3 });
    const sign = fc.constantFrom("<=", "<", ">=", ">", "==", "!=");
    fc.assert(
      fc.property(tree, sign, tree, fc.tuple(number, number, number, number), (left, by, right, numbers) => {
        const of = Object.fromEntries(PATHS.map((path, i) => [path, numbers[i]]));
        const [a, b] = [computed(left, of), computed(right, of)];
        const expected = { "<=": a <= b, "<": a < b, ">=": a >= b, ">": a > b, "==": a === b, "!=": a !== b }[by];
        expect(holds(`${written(left)} ${by} ${written(right)}`, of)).toBe(expected);
        // Spaces say nothing, but for a path with a hyphen after a sign they part it.
        expect(holds(`  ${written(left)}\t${by}  ${written(right)} `, of)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("knows the longest path that is varied", () => {
    expect(holds(`${HYPHENATED} > 1`, { [HYPHENATED]: 2, [BELOW]: 0 })).toBe(true);
    expect(holds(`${BELOW} > 1`, { [HYPHENATED]: 2, [BELOW]: 0 })).toBe(false);
    expect(holds(`${BELOW}-1 == 1`, { [BELOW]: 2 })).toBe(true);
  });

  it("compares words, and knows no sums of them", () => {
    expect(holds(`${TARGET} == 'filo'`, { [TARGET]: "filo" })).toBe(true);
    expect(holds(`${TARGET} != "filo"`, { [TARGET]: "fifo" })).toBe(true);
    for (const sign of ["<", "<=", ">", ">="]) expect(holds(`${TARGET} ${sign} "z"`, { [TARGET]: "a" })).toBe(false);
    expect(holds(`${TARGET} + 1 > 0`, { [TARGET]: "a" })).toBe(false);
    expect(holds(`-${TARGET} <= 1`, { [TARGET]: true })).toBe(false);
  });

  it("takes signs before a number, and bits of it", () => {
    expect(holds("-1 < - -1")).toBe(true);
    expect(holds("1e-3 == .001")).toBe(true);
    expect(holds("2 - -3 == 5")).toBe(true);
    // What divides by nothing is no number: never met, but by being other than any.
    expect(holds("0 / 0 == 0 / 0")).toBe(false);
    expect(holds("1 / 0 > 5")).toBe(true);
  });

  it.each([
    ["vesting.retention_targt <= 1", /retention_targt, at character 1 of/, "Did you mean vesting.retention_target?"],
    ["1 <= vesting.max_multiplier * window", /window, at character 31 of/, null],
    ["vesting.max_multiplier2 <= 1", /max_multiplier2/, null],
    ["vesting.max_multiplier", /the end of/, null],
    ["vesting.max_multiplier <= ", /the end of/, null],
    ["<= 1", /<=, at character 1/, null],
    ["1 < 2 < 3", /<, at character 7/, null],
    ["(1 < 2", /<, at character 4/, null],
    ["(1 + 2 < 2", /<, at character 8/, null],
    ["1 + 2) < 2", /\), at character 6/, null],
    ["1 2 < 3", /2, at character 3/, null],
    ["1 = 2", /=, at character 3/, null],
    ["", /the end of/, null],
    ["1 < 2; DROP", /;, at character 6/, null],
    [`${"(".repeat(60)}1${")".repeat(60)} < 2`, /\(/, null],
  ])("is refused as %j, with its place", (text, found, hint) => {
    const refused = refusal(text);
    expect(refused).toMatchObject({ code: expect.stringMatching(/^TEN-TUNE-(117|150)$/), found: expect.stringMatching(found) });
    expect(refused.allowed).toBeDefined();
    if (hint !== null) expect(refused.hint).toBe(hint);
    else expect(refused.hint).toBeDefined();
  });

  it("never ends otherwise than by a constraint or its refusal, whatever is written", () => {
    const piece = fc.oneof(
      fc.constantFrom(...PATHS, "(", ")", "+", "-", "*", "/", "<", "<=", "==", "1", "2.5", " ", '"a"', "'"),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        try {
          expect(typeof parseConstraint(text, PATHS).holds(new Map())).toBe("boolean");
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^TEN-TUNE-(117|150)$/) });
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
