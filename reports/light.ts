/** What of this room loads at once: for commands that need no more. */

export { hanging } from "./text/paragraph.js";
export { shippedListText } from "./text/shipped-list-text.js";
export { typedPath } from "./text/typed-path.js";
