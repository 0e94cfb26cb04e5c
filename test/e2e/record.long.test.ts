import { afterAll, beforeAll, it } from "vitest";
import { expectSameAfterKills } from "./killed-recorder.js";
import { workFolder } from "./tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

it("a recording killed thirty times equals one that was not, byte for byte", () => {
  // Up to two chunks of the six, the first requests of a process among them.
  const requests = Array.from({ length: 30 }, (_, kill) => 1 + ((kill * 7919) % 900));
  return expectSameAfterKills(folder.path, requests);
});
