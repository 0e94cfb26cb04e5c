import { createHash } from "node:crypto";

/** What shows a change of any word of a manifest: SHA-256 of it as JSON without spaces, without the seal itself. */
export function sealOf(manifest: unknown): string {
  return createHash("sha256").update(JSON.stringify(manifest)).digest("hex");
}

/** The same manifest with its seal as the last entry. */
export function sealed<T extends object>(manifest: T): T & { readonly seal: string } {
  return { ...manifest, seal: sealOf(manifest) };
}

/** A seal that is not that of the manifest it stands in. */
export interface BrokenSeal {
  /** What the manifest would be sealed with as it is now. */
  readonly found: string;
  /** What it was sealed with. */
  readonly expected: unknown;
}

/**
 * Is the seal of a manifest, as it was read from its file, its own?
 * @returns `whole`; `none` where it has no seal; what is and what should be where it was changed
 */
export function checkSeal(manifest: object): "whole" | "none" | BrokenSeal {
  const { seal, ...rest } = manifest as Record<string, unknown>;
  if (seal === undefined) return "none";
  const found = sealOf(rest);
  return found === seal ? "whole" : { found, expected: seal };
}
