import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hotkeyHint } from "../../../../engine/modules/handed-over/meant-hotkey.js";

const A = "5Ca5m4TVmXnyR85BMA7SVt5k9yTjfAfPvcT4HwcGpJQ79JvG";
const B = "5CcMizJAaVR1WEQkAqtGoWQG1JXhgP6NbUvwMUSbcDg2GAx3";
const KNOWN = [A, B];

describe("a hotkey that is not there", () => {
  it.each([
    ["misspelt", A.replace("nyR85", "nyR58"), `Did you mean ${A}?`],
    ["without its last letter", A.slice(0, -1), `Did you mean ${A}? The whole address is needed.`],
    ["as tables print it", `${B.slice(0, 10)}...${B.slice(-4)}`, `Did you mean ${B}? The whole address is needed.`],
    ["with an ellipsis", `${A.slice(0, 6)}\u2026`, `Did you mean ${A}? The whole address is needed.`],
    ["as a beginning of one", B.slice(0, 6), `Did you mean ${B}? The whole address is needed.`],
    ["as a part that none fits", `${A.slice(0, 10)}...zzzz`, "The whole address is needed; no hotkey of the subnet fits this part of one."],
    ["of nobody", "alice", undefined],
    ["as too little of one", "5C", undefined],
  ])("%s", (_, hotkey, hint) => {
    expect(hotkeyHint(hotkey, KNOWN)).toBe(hint);
  });

  it("fits several", () => {
    expect(hotkeyHint("miner", ["miner-1", "miner-2"])).toBe("The whole address is needed; it fits 2 hotkeys, such as miner-1.");
  });

  it("only ever names one that is there", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1 })), (hotkey, known) => {
        const hint = hotkeyHint(hotkey, known);
        const named = /^Did you mean (.*)\?( The whole address is needed\.)?$/su.exec(hint ?? "");
        if (named !== null) expect(known).toContain(named[1]);
      }),
    );
  });
});
