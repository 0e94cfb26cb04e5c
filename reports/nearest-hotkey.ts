import { nearestNameOrPart } from "../engine/index.js";

/** "Did you mean ...? " of the hotkey that a misspelt key most likely means, whole or by what stands behind its last `/`; empty where none is near. */
export function nearestHotkey(keys: readonly string[], key: string): string {
  const byName = new Map<string, string>();
  for (const hotkey of keys) {
    byName.set(hotkey, hotkey);
    const short = hotkey.slice(hotkey.lastIndexOf("/") + 1);
    if (short !== "" && !byName.has(short)) byName.set(short, hotkey);
  }
  const nearest = nearestNameOrPart(key, [...byName.keys()]);
  return nearest === undefined ? "" : `Did you mean ${byName.get(nearest)}? `;
}
