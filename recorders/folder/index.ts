export { checkUnlocked } from "./check-unlocked.js";
export { FolderLock, isOfLock } from "./folder-lock.js";
export { makeFolders, removeMadeFolders } from "./make-folders.js";
export { folderInUse, foreignFolder, impossibleFolder, pathFault, requireFolderPath } from "./output-folder.js";
export { begunAs, findStranger, type IsOwn, isStranger, type OwnText, removeOwn } from "./own-files.js";
export { isLeftOver, processTag, removeLeftOvers } from "./process-tag.js";
export { syncFile, syncFolder } from "./sync.js";
