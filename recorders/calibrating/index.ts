export type { CalibrateOptions } from "./calibrate-options.js";
export { type CalibratedRecording, calibrateRecording, DEFAULT_MOST_MINERS } from "./calibrate-recording.js";
export { type CalibratedFit, calibratedFit, type FitFigures, type RunFit } from "./calibrated-fit.js";
export { type CalibrationRange, calibrationRange } from "./calibration-range.js";
