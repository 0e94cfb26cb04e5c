export { recordTape } from "./record-tape.js";
export { type PlayedTrial, TapePlayer } from "./tape-player.js";
export { whyNotOpenLoop } from "./why-not.js";
