import { Command, CommanderError } from "commander";
import colors from "picocolors";
import { UserError } from "../components/faults";
import { advise, type AdviseOptions } from "./commands/advise";
import { plan, type PlanOptions } from "./commands/plan";
import { recordAll, retireOne } from "./commands/stores";
import { schema } from "./commands/schema";

/** What the command's exit code says. */
export const EXIT = {
  ok: 0,
  /** What a person wrote is wrong: the configuration, the catalogue, the command's own words. */
  badInput: 1,
  /** A mandatory policy rule is broken. */
  policyViolation: 2,
  /** The program itself failed; a bug. */
  internal: 70,
} as const;

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function build(setCode: (code: number) => void): Command {
  const program = new Command("strata")
    .description("A microservices platform on AWS, from a description of its services")
    .option("--verbose", "show stack traces", false)
    .exitOverride()
    .configureHelp({ sortSubcommands: true })
    .showHelpAfterError("(strata --help lists the commands)")
    .addHelpText("after", "\nExit codes: 0 fine, 1 something you wrote is wrong, 2 a mandatory policy is broken, 70 a bug.");
  program
    .command("plan")
    .description("say what an environment will be made of, offline: nothing is created, no credentials are needed")
    .argument("<environment>", "name of the environment: the part of its stack file's name between Pulumi. and .yaml")
    .option("--json", "print the plan as JSON, documented by plan/plan.schema.json", false)
    .option("--out <folder>", "also write plan.json and plan.txt there")
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action(async (environment: string, options: Omit<PlanOptions, "verbose">) => {
      setCode((await plan(environment, { ...options, ...program.opts<{ verbose: boolean }>() })) ? EXIT.ok : EXIT.policyViolation);
    });
  program
    .command("advise")
    .description("say where a service would run, what each place would cost, and at which demand that changes")
    .argument("[service]", "name of the service; without it all")
    .option("--env <environment>", "environment whose sizes and safety count", "prod")
    .option("--set <path=value>", "change the descriptor first, such as demand.average=200/s; can be given again", collect, [])
    .option("--json", "print the advice as JSON", false)
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action((service: string | undefined, options: AdviseOptions) => advise(service, options));
  const stores = program
    .command("stores")
    .description("keep the ledger of a durable environment's stores: no data goes because a line went");
  stores
    .command("record")
    .description("write the stores that services need into the ledger")
    .argument("<environment>", "name of the environment")
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action((environment: string, options: { cwd: string }) => recordAll(environment, options));
  stores
    .command("retire")
    .description("let a store go that no service needs any more; its data stays in AWS until somebody removes it")
    .argument("<environment>", "name of the environment")
    .argument("<store>", "kind and name, such as table/sessions")
    .requiredOption("--because <reason>", "where its data is now, and who said so")
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action((environment: string, store: string, options: { cwd: string; because: string }) => retireOne(environment, store, options));
  program
    .command("schema")
    .description("write the JSON Schemas of stack files, service descriptors and plans")
    .option("--check", "only say whether the files are up to date", false)
    .action(({ check }: { check: boolean }) => {
      setCode(schema(check) ? EXIT.ok : EXIT.badInput);
    });
  return program;
}

/** Everything that was thrown, as a person reads it; a stack trace only for a bug or with `--verbose`. */
function report(error: unknown, verbose: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
  if (error instanceof UserError) {
    const lines = error.message.split("\n");
    const count = lines.length === 1 ? "" : `${lines.length} things are wrong:\n`;
    process.stderr.write(`${colors.red("error")} ${count}${lines.map((line) => (lines.length === 1 ? line : `  ${line}`)).join("\n")}\n`);
    if (verbose) process.stderr.write(`${error.stack ?? ""}\n`);
    return EXIT.badInput;
  }
  const what = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(
    `${colors.red("bug")} ${what.message}\n${verbose ? (what.stack ?? "") : "run it again with --verbose and report what it prints"}\n`,
  );
  return EXIT.internal;
}

/**
 * The `strata` command. Results go to stdout, progress and errors to stderr.
 * @param argv as `process.argv`.
 * @returns the exit code, one of {@link EXIT}.
 */
export async function main(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.ok;
  const verbose = argv.includes("--verbose");
  let failed: (reason: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => (failed = reject));
  // When a program fails, the SDK rejects promises that nobody awaits, one for each resource that was waiting; the first says why.
  process.on("unhandledRejection", failed);
  try {
    await Promise.race([build((value) => (code = value)).parseAsync([...argv]), failure]);
    return code;
  } catch (error) {
    return report(error, verbose);
  } finally {
    setImmediate(() => process.off("unhandledRejection", failed));
  }
}
