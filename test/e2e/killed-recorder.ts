import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { type ChainServer, localHistory, startChainServer } from "../chain/index.js";
import { contentsOf } from "../recorders/temporary-folder.js";
import { startTenure, tenure } from "./tenure.js";

const BLOCKS = 3000;

/** Resolves when a node has got so many requests more. */
export function requestsOf(node: ChainServer, count: number): Promise<void> {
  let left = count;
  return new Promise((resolve) => {
    node.faults.onRequest = () => {
      if (--left > 0) return;
      node.faults.onRequest = () => {};
      resolve();
    };
  });
}

/**
 * Records a chain, killed by each of the numbers after so many requests of the process, alternately by SIGKILL and SIGINT;
 * what is there is whole each time, and in the end it equals what was recorded without a stop. A recording that is whole
 * before its process could be killed is compared, and the next one begins anew.
 * @param requests each fewer than a whole recording takes
 */
export async function expectSameAfterKills(folder: string, requests: readonly number[]): Promise<void> {
  const node = await startChainServer(localHistory({ blocks: BLOCKS }));
  const args = (out: string) => {
    const range = ["--netuid", "30", "--from", "1", "--chunk-blocks", "500", "--weights"];
    return ["record", "--endpoint", node.url, ...range, "--out", out, "--quiet"];
  };
  const killed = join(folder, "killed");
  const expectWhole = async () => expect(await contentsOf(killed)).toEqual(await contentsOf(join(folder, "whole")));
  try {
    expect(await tenure(args("whole"), folder)).toMatchObject({ code: 0 });
    for (const [index, count] of requests.entries()) {
      for (;;) {
        const reached = requestsOf(node, count);
        const running = startTenure([...args("killed"), "--concurrency", "2"], folder);
        const ended = await Promise.race([running.ended, reached]);
        if (ended === undefined) {
          // It cannot end before it is killed: its answers wait.
          const goOn = node.hold();
          running.process.kill(index % 2 === 0 ? "SIGKILL" : "SIGINT");
          goOn();
          expect((await running.ended).code).not.toBe(0);
          break;
        }
        expect(ended).toMatchObject({ code: 0 });
        await expectWhole();
        await rm(killed, { recursive: true });
      }
      if (existsSync(join(killed, "manifest.json"))) {
        expect(await tenure(["record", "check", "killed", "--quiet"], folder)).toMatchObject({ code: 0 });
      }
    }
    expect(await tenure(args("killed"), folder)).toMatchObject({ code: 0 });
    await expectWhole();
  } finally {
    await node.close();
  }
}
