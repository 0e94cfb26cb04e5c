import { mkdir, realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { enclosingResults } from "../../../recorders/index.js";
import { useFolders } from "./sample-batches.js";

const folder = useFolders();
const MANIFEST = JSON.stringify({ format: 1, tool: { name: "tenure" } });

it("is the outermost folder with a manifest of ours, through links and where nothing is yet", async () => {
  const given = await folder();
  await mkdir(join(given, "study/replicates/0/tables"), { recursive: true });
  const base = await realpath(given);
  await writeFile(join(base, "manifest.json"), JSON.stringify({ name: "an app of the web" }));
  const inside = ["study", "study/x.html", "study/replicates/0/tables/deep/x.html", "link/x.html", "link/../x.html"];
  await symlink("study/replicates/0", join(base, "link"));
  for (const path of inside) expect(await enclosingResults(join(base, path))).toBeNull();
  for (const path of ["study", "study/replicates/0"]) await writeFile(join(base, path, "manifest.json"), MANIFEST);
  for (const path of inside.slice(0, 4)) expect(await enclosingResults(join(base, path))).toBe(join(base, "study"));
  for (const path of ["", "x.html", "study.html", "studying/x.html"]) expect(await enclosingResults(join(base, path))).toBeNull();
  await writeFile(join(base, "study/manifest.json"), "{");
  expect(await enclosingResults(join(base, "link", "x.html"))).toBe(join(base, "study/replicates/0"));
});
