import { describe, expect, it } from "vitest";
import { TenureError } from "../../../engine/index.js";
import { parseScenario, type SplicedValue, spliceValues } from "../../../scenarios/index.js";

const HEAD = "name: test\nstreams: [{ recorded: mining }]\n";

function spliced(text: string, values: Readonly<Record<string, SplicedValue["value"]>>): string {
  return spliceValues(
    text,
    "test.yaml",
    Object.entries(values).map(([path, value]) => ({ path, value })),
  );
}

function refusal(text: string, values: Readonly<Record<string, SplicedValue["value"]>>): TenureError {
  try {
    spliced(text, values);
  } catch (error) {
    if (error instanceof TenureError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("values spliced into a scenario's text", () => {
  const target = { "vesting.retention_target": 0.7 };
  const withdrawals = { "emission.withdrawals": "absolute" };

  it.each<[what: string, before: string, values: Readonly<Record<string, SplicedValue["value"]>>, after: string]>([
    ["a value in a block", "vesting:\n  retention_target: 0.5  # why\n", target, "vesting:\n  retention_target: 0.7  # why\n"],
    ["a value between brackets", "vesting: {retention_target: 0.5 ,mode: on}\n", target, "vesting: {retention_target: 0.7 ,mode: on}\n"],
    ["a value in quotes", "vesting: { mode: 'on' }\n", { "vesting.mode": "off" }, "vesting: { mode: off }\n"],
    ["a value after a tab", "vesting:\n  retention_target:\t0.5\t# why\n", target, "vesting:\n  retention_target:\t0.7\t# why\n"],
    [
      "a value that nobody wrote",
      "vesting:\n  retention_target: # why\n  mode: on\n",
      target,
      "vesting:\n  retention_target: 0.7 # why\n  mode: on\n",
    ],
    [
      "a value that is not there, at its end",
      "vesting:\n  mode: on\n  retention_target:",
      target,
      "vesting:\n  mode: on\n  retention_target: 0.7",
    ],
    ["a value between brackets that is not there", "vesting: { retention_target: }\n", target, "vesting: { retention_target: 0.7 }\n"],
    ["a key without a colon", "vesting: { retention_target, mode: on }\n", target, "vesting: { retention_target: 0.7, mode: on }\n"],
    ["a key as in JSON", 'vesting: {"retention_target":0.5}\n', target, 'vesting: {"retention_target":0.7}\n'],
    ["a key in quotes", "'vesting':\n  \"retention_target\" : 0.5\n", target, "'vesting':\n  \"retention_target\" : 0.7\n"],
    ["a key with a question mark", "vesting:\n  ? retention_target\n  : 0.5\n", target, "vesting:\n  ? retention_target\n  : 0.7\n"],
    [
      "a number on a line of its own",
      "vesting:\n  retention_target:\n    # why\n    0.5\n",
      target,
      "vesting:\n  retention_target:\n    # why\n    0.7\n",
    ],
    ["a text of several lines", "description: |\n  old\n  text\n\nseed: 1\n", { description: "new" }, "description: new\n\nseed: 1\n"],
    ["a small number", "vesting:\n  minimum_stake: 1\n", { "vesting.minimum_stake": 1e-7 }, "vesting:\n  minimum_stake: 0.0000001\n"],
    ["a tag", "vesting: { retention_target: !!float 0.5 }\n", target, "vesting: { retention_target: !!float 0.7 }\n"],

    [
      "a new key in a block",
      "vesting:\n  mode: on # why\n\nseed: 1\n",
      target,
      "vesting:\n  mode: on # why\n  retention_target: 0.7\n\nseed: 1\n",
    ],
    ["a new key of four spaces", "vesting:\n    mode: on\n", target, "vesting:\n    mode: on\n    retention_target: 0.7\n"],
    ["a new key without a line break before it", "vesting:\n  mode: on", target, "vesting:\n  mode: on\n  retention_target: 0.7"],
    [
      "a new key after CRLF",
      "vesting:\r\n  mode: on\r\nseed: 1\r\n",
      target,
      "vesting:\r\n  mode: on\r\n  retention_target: 0.7\r\nseed: 1\r\n",
    ],
    ["a new key between brackets", "vesting: { mode: on } # why\n", target, "vesting: { mode: on, retention_target: 0.7 } # why\n"],
    ["a new key after a comma", "vesting: { mode: on, }\n", target, "vesting: { mode: on, retention_target: 0.7, }\n"],
    ["a new key between empty brackets", "vesting: {}\n", target, "vesting: { retention_target: 0.7 }\n"],
    ["a new key between brackets with a blank", "vesting: { }\n", target, "vesting: { retention_target: 0.7 }\n"],
    [
      "a new key after a key without a value",
      "ledger: { on_invalid: clamp }\nvesting: { start: }\n",
      target,
      "ledger: { on_invalid: clamp }\nvesting: { start:, retention_target: 0.7 }\n",
    ],
    [
      "a new key between brackets of several lines",
      "vesting: {\r\n    mode: on, # why\r\n    rounding: exact\r\n  }\r\n",
      target,
      "vesting: {\r\n    mode: on, # why\r\n    rounding: exact,\r\n    retention_target: 0.7\r\n  }\r\n",
    ],
    [
      "a new key beside a comment between brackets",
      "vesting: {\n    mode: on,\n    rounding: exact # why\n  }\n",
      target,
      "vesting: {\n    mode: on,\n    rounding: exact, retention_target: 0.7 # why\n  }\n",
    ],
    ["a new section", "# end\n", target, "# end\n"],
    [
      "a new section before a document's end",
      "seed: 1\n  # of the seed\n# of nothing\n...\n",
      target,
      "seed: 1\n  # of the seed\nvesting:\n  retention_target: 0.7\n# of nothing\n...\n",
    ],
    [
      "a section that stands empty",
      "vesting: # why\n  # mode: on\nseed: 1\n",
      target,
      "vesting: # why\n  retention_target: 0.7\n  # mode: on\nseed: 1\n",
    ],
    ["a section that is null", "vesting: ~ # why\n", target, "vesting: { retention_target: 0.7 } # why\n"],
    [
      "a new key after an empty section",
      "vesting: { mode: on }\nledger:\n  # on_invalid: stop\n",
      { seed: 3 },
      "vesting: { mode: on }\nledger:\n  # on_invalid: stop\nseed: 3\n",
    ],
    ["a short form", "emission: redistribute # why\n", withdrawals, "emission: { mode: redistribute, withdrawals: absolute } # why\n"],
    ["the word of a short form", "emission: redistribute\n", { "emission.mode": "replay" }, "emission: replay\n"],
    ["a short form that was written out", "emission:\n  mode: redistribute # why\n", { emission: "replay" }, "emission:\n  replay # why\n"],
    [
      "one after the other",
      "seed: 1\n",
      { emission: "redistribute", ...withdrawals },
      "seed: 1\nemission: { mode: redistribute, withdrawals: absolute }\n",
    ],
    [
      "what a preset says",
      "preset: bettensor-live\n",
      { "ledger.on_invalid": "stop" },
      "preset: bettensor-live\nledger:\n  on_invalid: stop\n",
    ],

    [
      "beside an anchor that nothing repeats",
      "vesting: &rule\n  retention_target: &t 0.5\n",
      target,
      "vesting: &rule\n  retention_target: &t 0.7\n",
    ],
    [
      "an alias, which is taken away",
      "seed: &one 1\nvesting: { retention_target: *one }\n",
      target,
      "seed: &one 1\nvesting: { retention_target: 0.7 }\n",
    ],
    [
      "after an alias",
      "seed: &one 1\nvesting: { minimum_stake: *one }\n",
      target,
      "seed: &one 1\nvesting: { minimum_stake: *one, retention_target: 0.7 }\n",
    ],
    [
      "an anchor whose name was repeated before it",
      "seed: &n 1\nreplicate: *n\nvesting: { retention_target: &n 0.5 }\n",
      target,
      "seed: &n 1\nreplicate: *n\nvesting: { retention_target: &n 0.7 }\n",
    ],
  ])("%s", (_, before, values, after) => {
    const expected = after === "# end\n" ? "vesting:\n  retention_target: 0.7\n# end\n" : after;
    expect(spliced(HEAD + before, values)).toBe(HEAD + expected);
  });

  it("leaves marks of byte order and of documents", () => {
    const text = `\u{feff}%YAML 1.2\n---\n${HEAD}vesting: { retention_target: 0.5 }\n`;
    expect(spliced(text, target)).toBe(text.replace("0.5", "0.7"));
    expect(spliced(`\u{feff}${HEAD}`, { seed: 2 })).toBe(`\u{feff}${HEAD}seed: 2\n`);
  });

  it("puts quotes around words that YAML 1.1 reads as something else, and lets own keys win over merged ones", () => {
    const text = `%YAML 1.1\n---\n${HEAD}vesting: { mode: "on" }\n`;
    expect(spliced(text, { "vesting.mode": "off" })).toBe(text.replace('"on"', '"off"'));
    const merged = `%YAML 1.1\n---\nname: test\nstreams:\n  - &first { recorded: mining, name: one }\n  - { <<: *first, name: two }\n`;
    expect(spliced(merged, { "streams.two.recorded": "other" })).toBe(merged.replace("name: two", "name: two, recorded: other"));
    expect(refusal(merged, { "streams.one.recorded": "other" })).toMatchObject({
      code: "TEN-SCENARIO-020",
      place: { line: 5, column: 12 },
    });
  });

  it("finds entries of lists by number, and streams by name", () => {
    const text =
      "name: test\ntime: { start: 2025-01-01, days: 2 }\nsubnet: { netuid: 5 }\nstreams:\n- synthetic: subnet # first\n  name: peers\n  miners: 3\n# end\n";
    expect(spliced(text, { "streams.peers.miners": 7 })).toBe(text.replace("miners: 3", "miners: 7"));
    expect(spliced(text, { "streams[0].coldkeys": 2 })).toBe(text.replace("miners: 3\n", "miners: 3\n  coldkeys: 2\n"));
  });

  it("is the same text where nothing is set, or what stands there already", () => {
    expect(spliced(HEAD, {})).toBe(HEAD);
    expect(spliced(`${HEAD}seed: 7\n`, { seed: 7 })).toBe(`${HEAD}seed: 7\n`);
  });

  it("of two values of one path takes the last", () => {
    const both = [2, 3].map((value) => ({ path: "seed", value }));
    expect(spliceValues(HEAD, "test.yaml", both)).toBe(`${HEAD}seed: 3\n`);
  });

  it("refuses what an alias repeats, and what is repeated by one", () => {
    const text = `name: test
time: { start: 2025-01-01, days: 2 }
subnet: { netuid: 5 }
streams:
  - synthetic: subnet
    miners: &n 3
    coldkeys: *n
    add_size_alpha: &sizes { from: 1, to: 2 }
    remove_size_alpha: *sizes
`;
    const at = (path: string, value = 1.5) => refusal(text, { [`streams.0.${path}`]: value });
    expect(at("miners", 4)).toMatchObject({
      code: "TEN-SCENARIO-020",
      found: "&n, which an alias repeats",
      place: { file: "test.yaml", line: 6, column: 16 },
    });
    expect(at("add_size_alpha.from").place).toMatchObject({ line: 8, column: 28 });
    expect(at("add_size_alpha")).toMatchObject({ code: "TEN-SCENARIO-005" });
    expect(at("remove_size_alpha.from")).toMatchObject({ code: "TEN-SCENARIO-020", found: "*sizes", place: { line: 9, column: 24 } });
    // Of its own place an alias is only a way to write a value.
    expect(spliced(text, { "streams.0.coldkeys": 2 })).toBe(text.replace("*n", "2"));
    const inside = `${HEAD}emission: { mode: &m redistribute }\ndescription: *m\n`;
    expect(refusal(inside, { emission: "replay" }).code).toBe("TEN-SCENARIO-020");
  });

  it("refuses forms that it cannot keep", () => {
    expect(refusal(`name: test\nstreams: [recorded: mining]\n`, { "streams.0.name": "peers" })).toMatchObject({ code: "TEN-SCENARIO-021" });
    expect(refusal(`${HEAD}? vesting\n`, target)).toMatchObject({ code: "TEN-SCENARIO-021" });
  });

  it("says what --set says of bad values and paths", () => {
    for (const [path, value, code] of [
      ["vesting.retention_target", 2, "TEN-SCENARIO-006"],
      ["vesting.retention_targt", 0.5, "TEN-SCENARIO-004"],
      ["streams.9.miners", 1, "TEN-SCENARIO-012"],
      ["name.x", 1, "TEN-SCENARIO-012"],
      ["", 1, "TEN-SCENARIO-012"],
      ["seed=1", 1, "TEN-SCENARIO-012"],
    ] as const) {
      expect(refusal(HEAD, { [path]: value }).code).toBe(code);
    }
    expect(refusal("a: [", target).code).toBe("TEN-SCENARIO-002");
  });

  it("loads to what --set says", () => {
    const text = `${HEAD}vesting:\n  mode: on\n`;
    expect(parseScenario(spliced(text, target), "a").resolved).toEqual(
      parseScenario(text, "a", { sets: ["vesting.retention_target=0.7"] }).resolved,
    );
  });
});
