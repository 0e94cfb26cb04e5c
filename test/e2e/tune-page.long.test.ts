import { afterAll, beforeAll, it } from "vitest";
import { expectShown } from "./shown-commands.js";
import { workFolder } from "./tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

it("docs/how-to/tune.md shows what its commands print", () => expectShown("docs/how-to/tune.md", 2, folder.path));
