import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AddressBook, columnIndex, STREAMS } from "../../engine/index.js";
import { makeStatedStream } from "../../scenarios/index.js";
import { parse, refusals } from "./scenario-text.js";

const START = Date.UTC(2025, 0, 1);
const scenario = (stream: string, more = "") => `name: test
time: { start: 2025-01-01, end: 2025-01-01T00:01:00Z }
subnet: { netuid: 5 }
streams: [{ synthetic: subnet, name: peers, miners: 3 }, ${stream}]
emission: redistribute
${more}`;

/** Rows that a stream states, as they come, each with its columns by name. */
function rowsOf(text: string, at = 1) {
  const parsed = parse(text);
  const stream = parsed.streams[at];
  if (stream.source !== "stated") throw new Error("the stream is not stated");
  const addresses = new AddressBook();
  const { startMs, endMs } = parsed.configuration;
  const rows: Record<string, number | string | null>[] = [];
  for (const { declaration, rows: count, columns } of makeStatedStream(stream.options, {
    name: stream.name,
    startMs: startMs ?? 0,
    endMs: endMs ?? 0,
    addresses,
  }).chunks) {
    expect(declaration).toBe(STREAMS[stream.options.kind]);
    for (let row = 0; row < count; row++) {
      const cell = (name: string) => Number(columns[columnIndex(declaration, name)][row]);
      const said = declaration.columns.map(({ name, type }) => {
        const value = cell(name);
        return [name, type !== "address" ? value : value < 0 ? null : addresses.nameOf(value)] as const;
      });
      rows.push(Object.fromEntries(said));
    }
  }
  return rows;
}

it("weights of validators are a row for each validator and each hotkey, with the stake that they count with", () => {
  const rows = rowsOf(
    scenario(
      `{ synthetic: validator_weights, rows: [
        { validators: [v, w], hotkeys: [a, b], weight: 0.25, stake: 1.5 },
        { after: 10 s, every: 30 s, validators: [v], hotkeys: [a], weight: 3 }] }`,
      "weights: { from: yuma }\n",
    ),
  );
  expect(rows.map((row) => [Number(row.time_ms) - START, row.netuid, row.validator, row.hotkey, row.weight, row.stake_rao])).toEqual([
    [0, 5, "v", "a", 0.25, 1.5e9],
    [0, 5, "v", "b", 0.25, 1.5e9],
    [0, 5, "w", "a", 0.25, 1.5e9],
    [0, 5, "w", "b", 0.25, 1.5e9],
    [10_000, 5, "v", "a", 3, 0],
    [40_000, 5, "v", "a", 3, 0],
  ]);
});

describe("rows that say otherwise of one hotkey at one instant", () => {
  const anyRow = fc.record({
    after: fc.integer({ min: 0, max: 70 }),
    every: fc.option(fc.integer({ min: 1, max: 40 })),
    hotkeys: fc.uniqueArray(fc.constantFrom("a", "b"), { minLength: 1 }),
    value: fc.integer({ min: 1, max: 2 }),
  });

  it.each(["collateral", "scores", "obligations"] as const)(
    "of %s are refused where both are said before the end, and no others",
    (kind) => {
      fc.assert(
        fc.property(fc.array(anyRow, { minLength: 1, maxLength: 4 }), (rows) => {
          const stated = rows.map(({ after, every, hotkeys, value }) => ({
            after: `${after} s`,
            ...(every === null ? {} : { every: `${every} s` }),
            hotkeys,
            [kind === "scores" ? "score" : "amount"]: value,
          }));
          const text = scenario(`{ synthetic: ${kind}, rows: ${JSON.stringify(stated)} }`);
          const seconds = rows.map(({ after, every }) =>
            Array.from({ length: 61 }, (_, at) => at).filter(
              (at) => at === after || (every !== null && at > after && (at - after) % every === 0),
            ),
          );
          const isAgainst = (i: number, j: number) =>
            rows[i].value !== rows[j].value &&
            rows[i].hotkeys.some((hotkey) => rows[j].hotkeys.includes(hotkey)) &&
            seconds[i].some((at) => seconds[j].includes(at));
          const contradicts = kind !== "obligations" && rows.some((_, j) => rows.slice(0, j).some((__, i) => isAgainst(i, j)));
          if (!contradicts) expect(parse(text).streams).toHaveLength(2);
          else {
            for (const { code, place, allowed } of refusals(text)) {
              expect(code).toBe("TEN-SCENARIO-008");
              const [second, first] = [place?.path, allowed].map((words) => Number(/rows\.(\d+)/.exec(words ?? "")?.[1]));
              expect(isAgainst(first, second)).toBe(true);
            }
          }
        }),
        { numRuns: 80 },
      );
    },
  );

  it("are told with whom, when and both rows", () => {
    const rows = "[{ every: 20 s, hotkeys: [a], score: 3 }, { after: 40 s, hotkeys: [b, a], score: 4, columns: { work: 1 } }]";
    expect(refusals(scenario(`{ synthetic: scores, rows: ${rows} }`))).toMatchObject([
      {
        what: "Two rows say otherwise of a at 2025-01-01T00:00:40Z.",
        place: { path: "streams.1.rows.1" },
        found: 4,
        allowed: "one value at an instant; rows.0 says 3",
      },
    ]);
    const set = "[{ validators: [v], hotkeys: [a], weight: 1, stake: 5 }, { validators: [v], hotkeys: [b], weight: 1 }]";
    expect(refusals(scenario(`{ synthetic: validator_weights, rows: ${set} }`))).toMatchObject([
      { what: expect.stringContaining("the stake of v"), found: 0, allowed: expect.stringContaining("rows.0 says 5") },
    ]);
  });
});

describe("a column of the scores that base weights are", () => {
  const weighed = (stream: string) => scenario(stream, "weights: { from: scores, column: wrok }\n");

  it("is refused where no row has it, with the one that was meant", () => {
    expect(refusals(weighed("{ synthetic: scores, rows: [{ hotkeys: [a], score: 1, columns: { work: 1 } }] }"))).toMatchObject([
      { code: "TEN-SCENARIO-008", place: { path: "weights.column" }, found: "wrok", allowed: "work", hint: "Did you mean work?" },
    ]);
    expect(refusals(weighed("{ synthetic: scores, drawn: { hotkeys: [a], from: 1, to: 2 } }"))[0].allowed).toContain("left out");
  });

  it("is not where a row, or a recording, may have it", () => {
    parse(weighed("{ synthetic: scores, drawn: { hotkeys: [a], from: 1, to: 2, columns: { wrok: { from: 1, to: 2 } } } }"));
    parse(weighed("{ recorded: scored }"));
  });
});

it("what is wrong in the rows of a stream is said of these, however many there are, and not of what the stream is", () => {
  const rows = (row: string) => `rows: [${Array.from({ length: 9 }, () => row).join(", ")}]`;
  const validators = refusals(scenario(`{ synthetic: validator_weights, ${rows("{ validator: v1, hotkeys: [a], weight: 1 }")} }`));
  expect(new Set(validators.map(({ found }) => found))).toEqual(new Set(["validator"]));
  expect(validators.map(({ place }) => place?.path)).toContain("streams.1.rows.8.validator");
  const scores = refusals(scenario(`{ synthetic: scores, ${rows("{ hotkeys: [a], score: -1 }")} }`));
  expect(scores.map(({ place }) => place?.path)).toEqual(Array.from({ length: 9 }, (_, row) => `streams.1.rows.${row}.score`));
  const [misspelt] = refusals(scenario("{ synthetic: scoers, rows: [{ hotkeys: [a], score: 1 }] }"));
  expect(misspelt).toMatchObject({ place: { path: "streams.1.synthetic" }, found: "scoers" });
});
