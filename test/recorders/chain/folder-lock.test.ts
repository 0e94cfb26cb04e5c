import { existsSync } from "node:fs";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FolderLock } from "../../../recorders/chain/folder/folder-lock.js";
import { deadTag } from "../dead-tag.js";
import { refusalOf, useTemporaryFolders } from "../temporary-folder.js";
import { useChains } from "./recorded.js";
import { live, NETUID, smallSubnet } from "./small-subnet.js";

const temporaryFolder = useTemporaryFolders();
const partialOf = async () => join(await temporaryFolder(), ".partial");
/** A lock that somebody left, said to be alive so many seconds ago. */
async function leftBy(partial: string, tag: string, secondsAgo: number): Promise<void> {
  await mkdir(partial, { recursive: true });
  await writeFile(join(partial, "owner"), tag);
  await writeFile(join(partial, "stake.arrow.partial"), "half");
  const at = new Date(Date.now() - secondsAgo * 1_000);
  await utimes(join(partial, "owner"), at, at);
}
const OTHER_HOST = `1-${"0".repeat(8)}-${"a".repeat(12)}`;

describe("the folder of a recording", () => {
  test("is held by one recorder, until it lets go", async () => {
    const partial = await partialOf();
    const lock = await FolderLock.take(partial, "out");
    const refusal = await refusalOf(() => FolderLock.take(partial, "out"));
    expect(refusal).toMatchObject({ code: "TEN-CHAIN-031", place: { file: "out" } });
    await lock.check();
    await lock.release();
    expect(existsSync(partial)).toBe(false);
    await (await FolderLock.take(partial, "out")).release();
  });

  test.each([
    ["a process of this machine that is no more", deadTag, 0, true],
    ["a recorder elsewhere that has said nothing for long", () => OTHER_HOST, 90, true],
    ["a recorder elsewhere that is alive", () => OTHER_HOST, 0, false],
  ])("left by %s", async (_, tag, secondsAgo, isFree) => {
    const partial = await partialOf();
    await leftBy(partial, await tag(), secondsAgo);
    if (!isFree) {
      expect((await refusalOf(() => FolderLock.take(partial, "out"))).code).toBe("TEN-CHAIN-031");
      expect(await readdir(partial)).toEqual(["owner", "stake.arrow.partial"]);
      return;
    }
    const lock = await FolderLock.take(partial, "out");
    expect(await readdir(partial)).toEqual(["owner"]);
    await lock.release();
  });

  test("is not given back by who lost it, and nothing is committed then", async () => {
    const partial = await partialOf();
    const slept = await FolderLock.take(partial, "out");
    await writeFile(join(partial, "owner"), OTHER_HOST);
    expect((await refusalOf(() => slept.check())).code).toBe("TEN-CHAIN-031");
    await slept.release();
    expect(await readdir(partial)).toEqual(["owner"]);
  });

  test("is taken once by many that come at the same time", async () => {
    const partial = await partialOf();
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => FolderLock.take(partial, "out")));
    const locks = tries.filter((one) => one.status === "fulfilled").map(({ value }) => value);
    expect(locks).toHaveLength(1);
    await locks[0].release();
  });
});

describe("two recorders", () => {
  const { serve, newFolder, record } = useChains();

  test("one of them is refused, and the other's recording is whole", async () => {
    const [{ url, hold }, other] = [
      await serve(live(smallSubnet("two-recorders"), 120)),
      await serve(live(smallSubnet("two-recorders"), 120)),
    ];
    const out = await newFolder();
    let second: Promise<string> | undefined;
    const onProgress = () => {
      // The first one gets no further before the second one has tried.
      if (second !== undefined) return;
      const goOn = hold();
      second = refusalOf(() => record({ endpoints: [other.url], netuids: [NETUID], out }))
        .then(({ code }) => code)
        .finally(goOn);
    };
    expect(await record({ endpoints: [url], netuids: [NETUID], out, onProgress })).toMatchObject({ blocks: 120 });
    expect(await second).toBe("TEN-CHAIN-031");
    const again = await record({ endpoints: [url], netuids: [NETUID], out });
    expect(again).toMatchObject({ blocks: 0, manifest: { chain: { to_block: 120 } } });
  });
});
