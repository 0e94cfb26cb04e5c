import { goldenCommand } from "./command.js";

process.exitCode = goldenCommand(
  process.argv.slice(2),
  (line) => console.log(line),
  (line) => console.error(line),
);
