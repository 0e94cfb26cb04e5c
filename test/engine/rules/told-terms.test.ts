import { expect, test } from "vitest";
import { toldTerms } from "../../../engine/rules/plug-in.js";
import { Trace } from "../../../engine/rules/trace.js";

test("of what a rule of one's own told, terms with a name and a number are shown, and no more than a hundred", () => {
  const trace = new Trace();
  const told = trace as unknown as { term(name: unknown, value: unknown, formula?: unknown): void };
  told.term("nan", Number.NaN, "n");
  told.term("text", "1", 3);
  told.term({}, 1n, "a");
  told.term("", 2, "b");
  told.term("bare", 1);
  told.term("line\nbreak", 2, "c\u001b[31m");
  for (let k = 0; k < 200; k++) told.term(`x${k}`, k, "n");
  const shown = toldTerms(trace.terms);
  expect(shown.slice(0, 3)).toEqual([
    { name: "bare", formula: "", value: 1 },
    { name: "line?break", formula: "c?[31m", value: 2 },
    { name: "x0", formula: "n", value: 0 },
  ]);
  expect(shown.at(-1)?.name).toBe("x93");
});
