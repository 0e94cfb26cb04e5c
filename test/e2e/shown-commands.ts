import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { ROOT, tenure } from "./tenure.js";

/** A block that begins with a command. */
const BLOCK = /^```\n\$ npx tenure (.*)\n([\s\S]*?)\n```$/gm;
/** Wall time differs from run to run. */
const TIME = / in [\d.]+ s$/m;

/** Stands for lines that the page leaves out. */
const CUT = "...";

/** What a command prints: all of it, or of the parts that the page shows as many lines; and the time that stands there. */
async function printed(command: string, shown: string, folder: string): Promise<string> {
  const { code, stdout } = await tenure(command.split(" "), folder);
  expect(code).toBe(0);
  return asShown(stdout.trimEnd().split("\n"), shown.split("\n"))
    .join("\n")
    .replace(TIME, TIME.exec(shown)?.[0] ?? "");
}

/** The parts of what was printed that a page shows: a part after a cut is found by its first line, the last one goes on to the end. */
function asShown(all: readonly string[], shown: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let at = 0;
  for (let from = 0; from <= shown.length; ) {
    const cut = shown.indexOf(CUT, from);
    const part = shown.slice(from, cut === -1 ? undefined : cut);
    if (from > 0) {
      expect(all.length, "what is marked as cut goes on").toBeGreaterThan(at);
      lines.push(CUT);
      if (part.length === 0) break;
      at = all.indexOf(part[0] ?? "", at);
      expect(at, `${part[0]} is printed`).toBeGreaterThan(-1);
    }
    const to = cut === -1 ? all.length : at + part.length;
    lines.push(...all.slice(at, to));
    if (cut === -1) break;
    at = to;
    from = cut + 1;
  }
  return lines;
}

/**
 * A page shows what its commands print, from the first to the last in one folder. `npm run docs:reference` brings it up to date.
 * @param least so many commands it has, or more
 */
export async function expectShown(name: string, least: number, folder: string): Promise<void> {
  const page = join(ROOT, name);
  let text = await readFile(page, "utf8");
  const blocks = [...text.matchAll(BLOCK)];
  expect(blocks.length).toBeGreaterThanOrEqual(least);
  for (const [block, command = "", shown = ""] of blocks) {
    const now = await printed(command, shown, folder);
    text = text.replace(block, () => `\`\`\`\n$ npx tenure ${command}\n${now}\n\`\`\``);
  }
  await expect(text).toMatchFileSnapshot(page);
}
