import type { z } from "zod";
import { checkSeal, readManifestJson } from "../../recorders/index.js";

/** Whether a folder holds a finished result of one kind; `other`: it holds a manifest of something else, or a changed one. */
export type SealedState<Manifest> =
  | { readonly kind: "none" }
  | { readonly kind: "other"; readonly found: string }
  | { readonly kind: "complete"; readonly manifest: Manifest };

/** The manifest of a folder, which only a finished result has. */
export async function readSealedManifest<Manifest>(dir: string, schema: z.ZodType<Manifest>): Promise<SealedState<Manifest>> {
  const read = await readManifestJson(dir);
  if (read.kind !== "json") return read;
  const { json } = read;
  const parsed = schema.safeParse(json);
  if (!parsed.success) return { kind: "other", found: "a manifest.json of something else" };
  if (checkSeal(json as object) !== "whole") return { kind: "other", found: "a manifest.json that was changed after it was written" };
  return { kind: "complete", manifest: parsed.data };
}
