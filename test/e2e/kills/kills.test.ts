import { describe, it } from "vitest";
import { useTemporaryFolders } from "../../recorders/temporary-folder.js";
import { KILLED_COMMANDS, killAndRunAgain } from "./killed-commands.js";

const temporaryFolder = useTemporaryFolders();

/** Every call, of more commands, is in `kills.long.test.ts`. */
const EVERY = 97;
const COMMANDS = KILLED_COMMANDS.filter(({ name }) => name.includes(" over a finished one") || name.includes("another recording"));

describe("killed at a call that changes the disk, and run again", () => {
  it.each(COMMANDS)("$name", async (command) => killAndRunAgain(await temporaryFolder(), command, EVERY), 300_000);
});
