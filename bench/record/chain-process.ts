import { spawn } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../package-root.js";

/** The local test chain in a process of its own. */
export interface ChainProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the local test chain with so many blocks, on a free port; ready when it answers. */
export async function startChain(blocks: number): Promise<ChainProcess> {
  const main = join(packageRoot(), "dist/test/chain/main.js");
  const child = spawn(process.execPath, [main, "--port", "0", "--blocks", String(blocks)], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const found = /ws:\/\/\S+/.exec(said);
      if (found !== null) resolve(found[0]);
    });
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the local chain ended with ${code} before it listened`)));
  });
  return {
    url,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
