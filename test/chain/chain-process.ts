import { type ChildProcess, spawn } from "node:child_process";

/** The local chain in a process of its own. */
export interface ChainProcess {
  readonly url: string;
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

/**
 * Starts the local chain on a free port; ready when it answers.
 * @param main path of the built `main.js` beside this file
 */
export async function startChainProcess(main: string, args: readonly string[]): Promise<ChainProcess> {
  const child = spawn(process.execPath, [main, "--port", "0", ...args], { stdio: ["ignore", "pipe", "inherit"] });
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
    process: child,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
