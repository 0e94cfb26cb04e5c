import { describe, it } from "vitest";
import { KILLED_COMMANDS, killAndRunAgain } from "../e2e/kills/killed-commands.js";
import { useTemporaryFolders } from "../recorders/temporary-folder.js";

const temporaryFolder = useTemporaryFolders();

describe("killed at every call that changes the disk, and run again", () => {
  it.each(KILLED_COMMANDS)("$name", async (command) => killAndRunAgain(await temporaryFolder(), command, 1), 1_800_000);
});
