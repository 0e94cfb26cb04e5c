import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** Files of engine/ that contain the words, as paths from there. */
function thatSay(words: RegExp): string[] {
  return readdirSync(join(root, "engine"), { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".ts") && words.test(readFileSync(join(root, "engine", name), "utf8")))
    .sort();
}

/** What changes the tranches of a ledger. */
const CHANGES = /\.(credit|creditEmission|debit|debitTranche|moveAll|movePart|moveTranche|forget)\(/;

describe("what anybody owns", () => {
  it("is written to the table of flows in one place", () => {
    expect(thatSay(/\bflows\??\.(write|room|copy)\(/)).toEqual(["books/flow-notes.ts"]);
  });

  it("is booked in the books alone, of which others know `Holdings`", () => {
    const outside = (names: string[]) => names.filter((name) => !/^(books|ledger)\//.test(name));
    expect(outside(thatSay(CHANGES))).toEqual([]);
    expect(outside(thatSay(/\/books\/(position-book|flow-notes|passes|position-accounts)\.js"/))).toEqual([]);
    expect(thatSay(CHANGES)).toEqual(expect.arrayContaining(["books/holdings.ts", "books/position-book.ts"]));
  });
});
