import { Argument, Command, CommanderError, type Option } from "commander";
import type { Refusal } from "../engine/index.js";

/** A command line that is not understood. Thrown where Commander would print and exit. */
export class UsageError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.what);
    this.name = "UsageError";
  }
}

/** Methods of Commander that are not in its types: it calls one for each kind of error. */
interface CommanderRefusals {
  unknownCommand(): void;
  unknownOption(flag: string): void;
}
const COMMANDER: CommanderRefusals = Command.prototype as Command & CommanderRefusals;

/** `Did you mean --out?`, from the error that Commander itself would have thrown; empty where nothing is near. */
function suggestionOf(refuse: () => void): string {
  try {
    refuse();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return /\((Did you mean .*\?)\)$/.exec(error.message)?.[1] ?? "";
  }
  return "";
}

/** Of a command: options of others that it has no use for, and why. */
const absent = new WeakMap<Command, Map<string, string>>();

/** Has the refusal of an option say why the command has none: `check reads no recordings: "tenure run" takes --data.` */
export function explainAbsent(command: Command, flag: string, why: string): Command {
  const known = absent.get(command) ?? new Map<string, string>();
  absent.set(command, known.set(flag, why));
  return command;
}

const flagsOf = (target: Option | Argument) => (target instanceof Argument ? target.name() : (target.long ?? target.flags));
const listed = (words: readonly string[]) => words.join(", ");

/**
 * A Commander command whose refusals say the value found, what is allowed and what to do. What it is built with must set
 * `exitOverride`.
 */
export class UsageCommand extends Command {
  override createCommand(name?: string): UsageCommand {
    return new UsageCommand(name);
  }

  unknownCommand(): never {
    const suggestion = suggestionOf(() => COMMANDER.unknownCommand.call(this));
    this.#refuse("TEN-CLI-020", "There is no such command.", { found: this.args[0], allowed: listed(this.#commandNames()), suggestion });
  }

  unknownOption(flag: string): never {
    // Every command takes these, but not a word that needs another one after it.
    if (this.commands.length > 0 && (flag === "--json" || flag === "--quiet")) {
      this.#refuse("TEN-CLI-028", "A command must come before the options.", { found: flag, allowed: listed(this.#commandNames()) });
    }
    const flags: string[] = [];
    for (let command: Command | null = this; command !== null; command = command.parent) {
      const visible = command.createHelp().visibleOptions(command);
      flags.push(...visible.flatMap(({ long }) => (typeof long === "string" && !flags.includes(long) ? [long] : [])));
    }
    const why = absent.get(this)?.get(flag.replace(/=.*$/s, ""));
    const suggestion = why ?? suggestionOf(() => COMMANDER.unknownOption.call(this, flag));
    this.#refuse("TEN-CLI-021", "There is no such option.", { found: flag, allowed: listed(flags), suggestion });
  }

  missingArgument(name: string): never {
    const argument = this.registeredArguments.find((one) => one.name() === name);
    this.#refuse("TEN-CLI-022", "An argument is missing.", { found: `no <${name}>`, allowed: `<${name}>: ${argument?.description ?? ""}` });
  }

  optionMissingArgument(option: Option): never {
    this.#refuse("TEN-CLI-023", "An option needs a value.", {
      path: flagsOf(option),
      found: "no value",
      allowed: `${option.flags}: ${option.description}`,
    });
  }

  missingMandatoryOptionValue(option: Option): never {
    this.#refuse("TEN-CLI-024", "An option that must be given is missing.", {
      path: flagsOf(option),
      found: `no ${flagsOf(option)}`,
      allowed: `${option.flags}: ${option.argChoices === undefined ? option.description : listed(option.argChoices)}`,
    });
  }

  _conflictingOption(option: Option, conflicting: Option): never {
    this.#refuse("TEN-CLI-025", "Two options exclude each other.", {
      found: `${flagsOf(option)} and ${flagsOf(conflicting)}`,
      allowed: `${flagsOf(option)} or ${flagsOf(conflicting)}`,
    });
  }

  _callParseArg(target: Option | Argument, value: string, previous: unknown): unknown {
    try {
      return target.parseArg?.(value, previous);
    } catch (error) {
      if (!isNotAllowed(error)) throw error;
      this.#refuse("TEN-CLI-026", "A value of the command line is not allowed.", {
        path: flagsOf(target),
        found: value,
        allowed: target.argChoices === undefined ? error.message : `one of ${listed(target.argChoices)}`,
      });
    }
  }

  _excessArguments(received: readonly string[]): never {
    const expected = this.registeredArguments.map((argument) => `<${argument.name()}>`);
    this.#refuse("TEN-CLI-027", "There are more arguments than the command takes.", {
      found: received.slice(expected.length),
      allowed: expected.length === 0 ? "none" : listed(expected),
    });
  }

  #commandNames(): string[] {
    return this.createHelp()
      .visibleCommands(this)
      .map((command) => command.name());
  }

  /** From the root to this command. */
  #line(): Command[] {
    const line: Command[] = [];
    for (let command: Command | null = this; command !== null; command = command.parent) line.unshift(command);
    return line;
  }

  #refuse(
    code: string,
    what: string,
    { path, suggestion = "", ...values }: { found: unknown; allowed: string; path?: string; suggestion?: string },
  ): never {
    const help = `See: ${this.#line()
      .map((command) => command.name())
      .join(" ")} --help`;
    throw new UsageError({
      code,
      what,
      ...(path === undefined ? {} : { place: { path } }),
      ...values,
      hint: suggestion === "" ? help : `${suggestion} ${help}`,
    });
  }
}

/** What the parsers of options throw (`InvalidArgumentError`), and Commander for a choice: what is allowed, in words. */
function isNotAllowed(error: unknown): error is Error {
  return error instanceof Error && (error as { code?: unknown }).code === "commander.invalidArgument";
}
