import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { TenureError } from "../../../engine/index.js";
import { FolderLock } from "../../../recorders/folder/folder-lock.js";
import { isLeftOver, processTag } from "../../../recorders/folder/process-tag.js";
import { useChains } from "../chain/recorded.js";
import { live, NETUID, smallSubnet } from "../chain/small-subnet.js";
import { deadTag } from "../dead-tag.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";

const temporaryFolder = useTemporaryFolders();
const take = (folder: string) =>
  FolderLock.take(folder, (owner) => new TenureError({ code: "TEN-TEST-001", what: "In use.", found: owner }));
/** A lock that somebody left, said to be alive so many seconds ago. */
async function leftBy(folder: string, tag: string, secondsAgo: number): Promise<void> {
  await mkdir(join(folder, ".lock"), { recursive: true });
  await writeFile(join(folder, ".lock", tag), "");
  const at = new Date(Date.now() - secondsAgo * 1_000);
  await utimes(join(folder, ".lock", tag), at, at);
}
const OTHER_HOST = `1-${"0".repeat(8)}-0-${"a".repeat(12)}`;

describe("the lock of a folder", () => {
  test("is one process's, until it lets go", async () => {
    const folder = join(await temporaryFolder(), "a", "b");
    const lock = await take(folder);
    expect(await refusalOf(() => take(folder))).toMatchObject({ code: "TEN-TEST-001", found: `process ${process.pid}` });
    expect(await FolderLock.owner(folder)).toBe(`process ${process.pid}`);
    await lock.check();
    await lock.release();
    await lock.release();
    // The folders that were made for it are gone as well.
    expect(existsSync(join(folder, ".."))).toBe(false);
    expect(await FolderLock.owner(folder)).toBeUndefined();
    await (await take(folder)).release();
  });

  test("leaves a folder that was there, or in which something is now", async () => {
    const folder = await temporaryFolder();
    await (await take(folder)).release();
    expect(await readdir(folder)).toEqual([]);
    const lock = await take(join(folder, "made"));
    await writeFile(join(folder, "made", "mine"), "");
    await lock.release();
    expect(await readdir(join(folder, "made"))).toEqual(["mine"]);
  });

  test.each([
    ["a process of this machine that is no more", deadTag, 0, true],
    ["a process whose id another one has got since", () => processTag().replace(/-[0-9a-f]+-([0-9a-f]{12})$/, "-1-$1"), 0, true],
    ["a process of this machine that lives", () => processTag(process.ppid), 3600, false],
    ["a process elsewhere that has said nothing for long", () => OTHER_HOST, 90, true],
    ["a process elsewhere that is alive", () => OTHER_HOST, 5, false],
  ])("left by %s", async (_, tag, secondsAgo, isFree) => {
    const folder = await temporaryFolder();
    const left = tag();
    await leftBy(folder, left, secondsAgo);
    if (!isFree) {
      expect((await refusalOf(() => take(folder))).code).toBe("TEN-TEST-001");
      expect(await readdir(join(folder, ".lock"))).toEqual([left]);
      expect(await readdir(folder)).toEqual([".lock"]);
      return;
    }
    const lock = await take(folder);
    await lock.check();
    expect(await readdir(join(folder, ".lock"))).toHaveLength(1);
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
  });

  test("what was killed while it took the lock or let go of it is tidied up, what lives is not", async () => {
    const folder = await temporaryFolder();
    const [dead, alive] = [deadTag(), processTag()];
    for (const tag of [dead, alive]) {
      await mkdir(join(folder, `.lock-${tag}`));
      await writeFile(join(folder, `.lock-${tag}`, tag), "");
    }
    await mkdir(join(folder, ".lock-mine"));
    await (await take(folder)).release();
    expect((await readdir(folder)).sort()).toEqual([`.lock-${alive}`, ".lock-mine"]);
  });

  test("is not given back by who lost it, and nothing is committed then", async () => {
    const folder = await temporaryFolder();
    const slept = await take(folder);
    await rm(join(folder, ".lock"), { recursive: true });
    await leftBy(folder, OTHER_HOST, 0);
    expect((await refusalOf(() => slept.check())).code).toBe("TEN-TEST-001");
    await slept.release();
    expect(await readdir(join(folder, ".lock"))).toEqual([OTHER_HOST]);
  });

  test.each([["free"], ["left by a dead process"]])("%s, is taken once by many that come at the same time", async (state) => {
    for (let round = 0; round < 10; round++) {
      const folder = join(await temporaryFolder(), "a");
      if (state !== "free") await leftBy(folder, deadTag(), 0);
      const tries = await Promise.allSettled(Array.from({ length: 20 }, () => take(folder)));
      const locks = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      expect(locks).toHaveLength(1);
      await locks[0].check();
      await locks[0].release();
    }
  });

  test("passes from one to the next of many, and is never two's", async () => {
    const folder = join(await temporaryFolder(), "a");
    await leftBy(folder, deadTag(), 0);
    let holders = 0;
    let taken = 0;
    const worker = async () => {
      while (taken < 60) {
        const lock = await take(folder).catch((error: unknown) => {
          if (error instanceof TenureError && error.code === "TEN-TEST-001") return undefined;
          throw error;
        });
        if (lock === undefined) continue;
        holders++;
        taken++;
        expect(holders).toBe(1);
        await lock.check();
        holders--;
        await lock.release();
      }
    };
    await Promise.all(Array.from({ length: 6 }, worker));
    expect(await readdir(folder)).toEqual([]);
  });
});

test.skipIf(!existsSync("/proc/self/stat"))("a process that has ended and is not fetched by its parent is no more", async () => {
  // `exec` makes the parent one that never fetches.
  const parent = spawn("sh", ["-c", "sh -c 'echo $$' & exec sleep 600"], { stdio: ["ignore", "pipe", "ignore"] });
  const [first] = (await new Promise<Buffer>((done) => parent.stdout.once("data", done))).toString().split("\n");
  const tag = processTag(Number(first));
  while (!isLeftOver(tag)) await new Promise(setImmediate);
  expect(existsSync(`/proc/${first}/stat`)).toBe(true);
  parent.kill("SIGKILL");
});

describe("two recorders", () => {
  const { serve, newFolder, record } = useChains();

  test("one of them is refused, and the other's recording is whole", async () => {
    const { url } = await serve(live(smallSubnet("two-recorders"), 120), { delayMs: 2 });
    const out = await newFolder();
    const [first, second] = await Promise.allSettled([
      record({ endpoints: [url], netuids: [NETUID], out }),
      record({ endpoints: [url], netuids: [NETUID], out }),
    ]);
    const refused = [first, second].filter((one) => one.status === "rejected");
    expect(refused.map(({ reason }) => reason.code)).toEqual(["TEN-CHAIN-031"]);
    const again = await record({ endpoints: [url], netuids: [NETUID], out });
    expect(again).toMatchObject({ blocks: 0, manifest: { chain: { to_block: 120 } } });
  });
});
