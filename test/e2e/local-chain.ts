import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./tenure.js";

export interface LocalChain {
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/** Starts the local chain as `npm run chain` does, on a free port. */
export async function startLocalChain(...args: readonly string[]): Promise<LocalChain> {
  const child = spawn(process.execPath, [join(ROOT, "dist/test/chain/main.js"), "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const found = /ws:\/\/\S+/.exec(said);
      if (found !== null) resolve(found[0]);
    });
    child.on("exit", (code) => reject(new Error(`the local chain ended with ${code}`)));
  });
  return {
    url,
    process: child,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
