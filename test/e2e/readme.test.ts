import { afterAll, beforeAll, it } from "vitest";
import { expectShown } from "./shown-commands.js";
import { workFolder } from "./tenure.js";

let folder: Awaited<ReturnType<typeof workFolder>>;
beforeAll(async () => {
  folder = await workFolder();
});
afterAll(() => folder.remove());

// Pages whose commands take longer are in `tune-page.long.test.ts`.
it.each([
  ["README.md", 3],
  ["docs/how-to/explain.md", 2],
])("%s shows what its commands print", (name, least) => expectShown(name, least, folder.path));
