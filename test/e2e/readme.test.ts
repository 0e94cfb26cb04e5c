import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT, tenure, workFolder } from "./tenure.js";

const README = join(ROOT, "README.md");
/** A block that begins with a command. */
const BLOCK = /^```\n\$ npx tenure (.*)\n([\s\S]*?)\n```$/gm;
/** Wall time differs from run to run. */
const TIME = / in [\d.]+ s$/m;

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

/** Stands for the lines that the README leaves out at the end of a block. */
const CUT = "...";

/** What a command prints: all of it, or where the README marks that it is cut as many lines; and the time that stands there. */
async function printed(command: string, shown: string): Promise<string> {
  const { code, stdout } = await tenure(command.split(" "), folder.path);
  expect(code).toBe(0);
  const all = stdout.trimEnd().split("\n");
  const kept = shown.split("\n").indexOf(CUT);
  if (kept !== -1) expect(all.length, "what is marked as cut goes on").toBeGreaterThan(kept);
  const lines = kept === -1 ? all : [...all.slice(0, kept), CUT];
  return lines.join("\n").replace(TIME, TIME.exec(shown)?.[0] ?? "");
}

// `npm run docs:reference` brings it up to date.
it("the README shows what its commands print", async () => {
  let text = await readFile(README, "utf8");
  const blocks = [...text.matchAll(BLOCK)];
  expect(blocks.length).toBeGreaterThan(2);
  for (const [block, command = "", shown = ""] of blocks) {
    const now = await printed(command, shown);
    text = text.replace(block, () => `\`\`\`\n$ npx tenure ${command}\n${now}\n\`\`\``);
  }
  await expect(text).toMatchFileSnapshot(README);
});
