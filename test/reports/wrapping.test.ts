import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reportFailure } from "../../cli/failure.js";
import { TenureError } from "../../engine/index.js";
import type { RecordingCheck, RecordReport } from "../../recorders/index.js";
import { wrapWords } from "../../reports/format/wrap-words.js";
import { PLAIN_STYLE } from "../../reports/style.js";
import { hanging } from "../../reports/text/paragraph.js";
import { recordCheckText } from "../../reports/text/record-check-text.js";
import { recordText } from "../../reports/text/record-text.js";
import { requestEstimateText } from "../../reports/text/request-estimate-text.js";
import { shippedListText } from "../../reports/text/shipped-list-text.js";
import { verifyText } from "../../reports/text/verify-text.js";
import { listShippedScenarios } from "../../scenarios/index.js";
import { capturedTerminal, interruption } from "../cli/captured-terminal.js";

const NARROW = { ...PLAIN_STYLE, width: 80 };
const LONG = "what the chain tells of it and the recording does not, in more words than a line of a narrow terminal has room for";
const squeezed = (text: string) => text.replace(/\s+/g, " ").trim();

/** Nothing is lost or added but line ends and indents, and every line fits. */
function expectToFit(narrow: string, wide: string): void {
  expect(squeezed(narrow)).toBe(squeezed(wide));
  expect(wide.split("\n").some((line) => line.length > 80)).toBe(true);
  expect(narrow.split("\n").filter((line) => line.length > 80)).toEqual([]);
}

describe("words in lines", () => {
  it("are all there in their order, and a line is too long only where it is one piece", () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/);
    fc.assert(
      fc.property(fc.array(word), fc.integer({ min: 1, max: 30 }), (words, width) => {
        const lines = wrapWords(words.join(" "), width);
        expect(lines.join(" ")).toBe(words.join(" "));
        for (const [at, line] of lines.entries()) {
          expect(line.length <= width || !line.includes(" ")).toBe(true);
          // As many words as there is room for.
          if (at > 0) expect(lines[at - 1].length + 1 + line.split(" ")[0].length).toBeGreaterThan(width);
        }
      }),
    );
  });

  it("never break a command or a quoted path", () => {
    const command = "`tenure import table --sort`";
    expect(wrapWords(`Sort it (${command} does).`, 12)).toEqual(["Sort it", `(${command}`, "does)."]);
    expect(wrapWords("Did you mean --out? See: tenure import table --help", 20)).toEqual([
      "Did you mean --out?",
      "See: tenure import table --help",
    ]);
    expect(wrapWords("Recorded to 'a  b c' in the chain's time", 10)).toEqual(["Recorded", "to", "'a  b c'", "in the", "chain's", "time"]);
    expect(wrapWords("a ` alone", 4)).toEqual(["a `", "alone"]);
  });

  it("hang below their lead, or stay as they are where they fit", () => {
    expect(hanging("note: ", "one two  three", { width: 20 })).toBe("note: one two  three");
    expect(hanging("note: ", "one two  three", { width: 13 })).toBe("note: one two\n      three");
  });
});

describe("at 80 columns", () => {
  const chain = { name: "test chain", from_block: 1, to_block: 1_000_000, chunks: [] };
  const check = {
    ok: false,
    faults: [LONG, `recordings/a.arrow: ${LONG}`],
    folder: "/recordings/subnet-30",
    digest: "d".repeat(64),
    chain,
    netuids: [30, 31, 32],
    files: 12,
    bytes: 5e6,
    added_up: true,
    edges: 200,
    balances_compared: 20_000,
    balances_wrong: 1,
    worst_residual: { rao: -5, block: 7, netuid: 30, hotkey: "h".repeat(48), coldkey: "c".repeat(48) },
    explained: {},
    emission_rao: "5000000000",
    epoch_check: {
      epochs: 100,
      bound_rao: 100_000_000,
      worst_excess: { rao: 5, block: 1, netuid: 30 },
      worst_missing: { rao: 7, block: 2, netuid: 30 },
    },
    rounding: { rows: 5, rao: 50, by_shares: { rows: 1, worst_rao: 20, spec_versions: [201, 205], largest_share_rao: 30 } },
    pay_check: { miners: 500, worst_rao: 3, worst_block: 99 },
  } as unknown as RecordingCheck;

  it("record check, record and its dry run fit, and say all they say elsewhere", () => {
    expectToFit(recordCheckText(check, NARROW), recordCheckText(check, PLAIN_STYLE));
    const manifest = {
      chain,
      source: { netuids: [30] },
      streams: {},
      figures: { epochs: 3, quarantined_blocks: 1, worst_epoch_excess_rao: 5 },
      notes: [LONG],
      digest: "d".repeat(64),
    };
    const report = { folder: "/recordings/subnet-30", manifest, blocks: 5, requests: 50, interrupted: false } as unknown as RecordReport;
    expectToFit(recordText(report, NARROW), recordText(report, PLAIN_STYLE));
    const requests = { opening: 1, hashes: 2, blocks: 3, epochs: 4, chunks: 5, total: 15 };
    const estimate = {
      chain: "c",
      from_block: 1,
      to_block: 2,
      blocks: 2,
      positions: 1,
      hotkeys: 1,
      requests,
      epochs: 1,
      chunks: 1,
      seconds: 9,
    };
    expectToFit(requestEstimateText(estimate, NARROW), requestEstimateText(estimate, PLAIN_STYLE));
  });

  it("verify fits, and says all it says elsewhere; digests and names are never cut", () => {
    const long = `tables/${"f".repeat(90)}.arrow`;
    const report = {
      ok: false,
      digest: "d".repeat(64),
      rerunDigest: "e".repeat(64),
      changedTables: [{ table: "exits" as const, file: "tables/exits.arrow", expected: "a".repeat(64), found: "b".repeat(64) }],
      changedInputs: [{ stream: "mining/stake", file: "mining/stake.arrow", expected: "c".repeat(64), found: null }],
      duckdbFaults: [LONG],
      foreignFiles: ["a file with a long name and many words in it, of which nobody knows what it is for.txt"],
      difference: { table: "holdings" as const, row: 1_234, column: "multiplier", recorded: LONG, rerun: LONG },
      version: { recorded: "0.1.0", now: "0.2.0" },
    };
    for (const ok of [false, true]) expectToFit(verifyText({ ...report, ok }, NARROW), verifyText({ ...report, ok }, PLAIN_STYLE));
    const text = verifyText({ ...report, foreignFiles: [long] }, NARROW);
    expect(text).toContain(long);
    expect(text).toMatch(/SHA-256\n {2}b{64}, the manifest\n {2}says a{64}\.\n/);
  });

  it("a suggested command stays on one line", () => {
    const folder = `/${"recordings/".repeat(9)}mine`;
    const manifest = {
      chain,
      source: { netuids: [7] },
      streams: {},
      figures: { epochs: 1, quarantined_blocks: 0 },
      notes: [],
      digest: "d",
    };
    const report = { folder, manifest, blocks: 0, requests: 0, interrupted: false } as unknown as RecordReport;
    const text = recordText(report, NARROW);
    expect(text).toContain(`\n  npx tenure record check ${folder}\n`);
    expect(text).toMatch(/\n {2}npx tenure run recorded-subnet --data \S+ --set subnet\.netuid=7 --set streams\.0\.recorded=mine\n/);
  });

  it("scenarios list wraps what a scenario is for below its column", async () => {
    const scenarios = listShippedScenarios();
    const narrow = shippedListText(scenarios, NARROW);
    expectToFit(narrow, shippedListText(scenarios, PLAIN_STYLE));
    const column = narrow.split("\n")[0].indexOf("what for");
    for (const line of narrow.trimEnd().split("\n")) expect(line.slice(column - 2, column)).toBe("  ");
  });

  it("an error wraps what is allowed and its hint, keeps what is found, and is one line a field in a pipe", async () => {
    const names = Array.from({ length: 40 }, (_, i) => `column_${i}`);
    const refusal = new TenureError({
      code: "TEN-TEST-001",
      what: `It cannot be: ${LONG}.`,
      found: "f  ".repeat(50),
      allowed: names.join(", "),
      hint: `Look at it, since it is ${LONG}. See: tenure import table --help`,
    });
    const tell = async (errorWidth: number, json = false) => {
      const terminal = capturedTerminal();
      await reportFailure(refusal, { terminal: { ...terminal, errorWidth }, interruption: interruption(), exitCode: 0 }, { json });
      return terminal.err;
    };
    const narrow = await tell(80);
    expect(narrow.split("\n").filter((line) => line.length > 80)).toEqual([expect.stringContaining("f  ".repeat(30))]);
    expect(narrow.match(/column_\d+/g)).toEqual(names);
    expect(narrow).toMatch(/\n {11}column_\d+/);
    expect(narrow).toContain(" See: tenure import table --help\n");
    expect((await tell(Number.POSITIVE_INFINITY)).trimEnd().split("\n")).toHaveLength(5);
    expect(await tell(80, true)).toBe(await tell(Number.POSITIVE_INFINITY, true));
  });
});
