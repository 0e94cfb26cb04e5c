export { checkUnlocked } from "./check-unlocked.js";
export { FolderLock, isOfLock } from "./folder-lock.js";
export { makeFolders, removeMadeFolders } from "./make-folders.js";
export { findStranger, type IsOwn, removeOwn } from "./own-files.js";
export { processTag, removeLeftOvers } from "./process-tag.js";
export { syncFile, syncFolder } from "./sync.js";
