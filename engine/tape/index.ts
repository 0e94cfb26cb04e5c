export type { EpochTape, TapedMeasure } from "./epoch-tape.js";
export { GeometricPlayer, isGeometricAlone } from "./geometric-player.js";
export { type PlayedFigures, type PlayedRule, playTape } from "./play-tape.js";
export { TapeRecorder, tapedConfiguration } from "./tape-recorder.js";
