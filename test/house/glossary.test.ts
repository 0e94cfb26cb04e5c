import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const PAGE = "docs/explanation/glossary.md";
/** Its blocks are the help of commands. */
const COMMANDS = "docs/reference/commands.md";
const glossary = readFileSync(join(root, PAGE), "utf8");
const lines = glossary.split("\n").filter((line) => line.startsWith("- "));

/** `- **one**, **two**: what it is. [Page](link)`, on one line. */
const ENTRY = /^- (\*\*[^*]+\*\*(?:, (?:\*\*[^*]+\*\*|of [^:]+))*): .+\. \[[^\]]+\]\(([^)\s]+)\)$/;

function rules(): { use: string; not: string }[] {
  return [...glossary.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)]
    .slice(1)
    .flatMap(([, use = "", words = ""]) => words.split(", ").map((not) => ({ use, not: not.trim() })));
}

/** What is read as prose: code names things of others as they are called. */
function prose(name: string): string {
  const text = readFileSync(join(root, name), "utf8");
  return (name === COMMANDS ? text : text.replace(/^```.*?^```/gms, "")).replace(/`[^`\n]*`/g, "");
}

/** The word or its plural, also where a line is broken in it. */
function finder(word: string): RegExp {
  return new RegExp(`\\b${word.replaceAll(" ", "\\s+")}s?\\b`, "gi");
}

const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.replaceAll("\\", "/")}`),
];

describe("the glossary", () => {
  it("has its words once each, a line with a link for each", () => {
    expect(lines.filter((line) => !ENTRY.test(line))).toEqual([]);
    const heads = lines.map((line) => ENTRY.exec(line)?.[1] ?? "");
    const words = heads.flatMap((head) =>
      head.includes(", of ") ? [head] : [...head.matchAll(/\*\*([^*]+)\*\*/g)].map(([, word]) => word),
    );
    expect(words.length).toBeGreaterThan(60);
    expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
  });

  it("links to pages that speak of the word", () => {
    const silent = lines.flatMap((line) => {
      const [, head = "", link = ""] = ENTRY.exec(line) ?? [];
      const path = join(dirname(PAGE), link.split("#")[0] ?? "");
      if (!existsSync(join(root, path))) return [line];
      const text = readFileSync(join(root, path), "utf8").toLowerCase();
      const words = [...head.matchAll(/\*\*([^*]+)\*\*/g)].map(([, word = ""]) => word.toLowerCase().split(" ").at(-1) ?? "");
      return words.filter((word) => !text.includes(word)).map((word) => `${word}: ${link}`);
    });
    expect(silent).toEqual([]);
  });

  it("is held to by the pages and the help of commands", () => {
    expect(rules().length).toBeGreaterThan(10);
    expect(pages).toEqual(expect.arrayContaining([COMMANDS, PAGE, "docs/how-to/import.md"]));
    const found = pages
      .filter((name) => name !== PAGE)
      .flatMap((name) =>
        rules().flatMap(({ use, not }) => (prose(name).match(finder(not)) ?? []).map((word) => `${name}: ${word}, use ${use}`)),
      );
    expect(found).toEqual([]);
  });

  it.each([
    ["two wallets", "wallet"],
    ["a data\nset", "data set"],
    ["the Reward pool", "reward pool"],
  ])("finds in %j %s", (text, word) => {
    expect(text).toMatch(finder(word));
  });
});
