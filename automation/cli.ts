import { Command, CommanderError } from "commander";
import { type AdviseOptions } from "./commands/advise";
import { collect } from "./commands/collect";
import { type CostCommandOptions } from "./commands/cost";
import { type DiffOptions } from "./commands/diff";
import { addEnvCommands } from "./commands/env-commands";
import { type ReplayOptions } from "./commands/logs";
import { type PlanOptions } from "./commands/plan";
import { type PolicyCheckOptions } from "./commands/policy";
import { type ReferenceCommandOptions } from "./commands/reference";
import { type RehearseOptions } from "./commands/rehearse";
import { type ReportOptions } from "./commands/report";
import { type RetireOptions } from "./commands/stores";
import { described } from "./described-error";
import { EXIT, exitCodes } from "./exit";
import { COMMANDS } from "./lazy-commands";
import { addPlatformCommands } from "./platform-commands";
import { hearRejections } from "./rejections";

export { EXIT } from "./exit";

/** The command with everything it knows; what it ends with is handed to `setCode`. */
export function build(setCode: (code: number) => void): Command {
  const program = new Command("strata")
    .description("A microservices platform on AWS, from a description of its services")
    .option("--verbose", "show stack traces", false)
    .exitOverride()
    .configureHelp({ sortSubcommands: true })
    .showHelpAfterError("(strata --help lists the commands)")
    .addHelpText(
      "after",
      `\nExit codes:\n${exitCodes()
        .map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`)
        .join("\n")}`,
    );
  program
    .command("plan")
    .description("say what an environment will be made of, offline: nothing is created, no credentials are needed")
    .argument("<environment>", "name of the environment: the part of its stack file's name between Pulumi. and .yaml")
    .option("--json", "print the plan as JSON, documented by plan/plan.schema.json", false)
    .option("--out <folder>", "also write plan.json, plan.txt, plan.md, plan.html and plan.svg there")
    .option("--watch", "plan again after each change, and say what changed; Ctrl-C ends it", false)
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action(async (environment: string, { watch, ...options }: Omit<PlanOptions, "verbose"> & { watch: boolean }) => {
      const all = { ...options, ...program.opts<{ verbose: boolean }>() };
      if (watch) await COMMANDS.watch().watchPlan(environment, all);
      else setCode((await COMMANDS.plan().plan(environment, all)) ? EXIT.ok : EXIT.policyViolation);
    });
  program
    .command("reference")
    .description("print what an environment exports, as its plan foresees it: service repositories plan and test with it")
    .argument("<environment>", "name of the environment")
    .option("--out <file>", "write it there instead")
    .option("--check", "only say whether that file is up to date", false)
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action(async (environment: string, options: ReferenceCommandOptions) => {
      setCode((await COMMANDS.reference().reference(environment, options)) ? EXIT.ok : EXIT.badInput);
    });
  program
    .command("report")
    .description("draw a plan that was kept as a page and a picture, offline")
    .argument("<plan.json>", "what strata plan --json prints, or --out writes")
    .option("--out <folder>", "where plan.html and plan.svg are written", ".")
    .option("--diff <file>", "show a difference with it: what strata diff --json prints")
    .option("--cwd <folder>", "folder that the others are relative to", process.cwd())
    .action((file: string, options: ReportOptions) => COMMANDS.report().report(file, options));
  program
    .command("advise")
    .description("say where a service would run, what each place would cost, and at which demand that changes")
    .argument("[service]", "name of the service; without it all")
    .option("--env <environment>", "environment whose sizes and safety count", "prod")
    .option("--set <path=value>", "change the descriptor first, such as demand.average=200/s; can be given again", collect, [])
    .option("--buses", "instead, what each bus costs when AWS runs it and when you do", false)
    .option("--json", "print the advice as JSON", false)
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action((service: string | undefined, options: AdviseOptions) => COMMANDS.advise().advise(service, options));
  program
    .command("cost")
    .description("say what an environment costs a month at list prices, by its services' demand, and what would make it cheaper")
    .argument("<environment>", "name of the environment")
    .option("--by <group>", "what is added up: service, layer or resource", "service")
    .option("--set <key=value>", "change an assumption, strata:<key> or <service>.<key> first; can be given again", collect, [])
    .option("--no-what-if", "leave out the cheaper changes, each of which is planned anew")
    .option("--json", "print it as JSON: the cost of plan/plan.schema.json", false)
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action((environment: string, options: CostCommandOptions) => COMMANDS.cost().cost(environment, options));
  addEnvCommands(program);
  program
    .command("diff")
    .description("say what differs between two environments, or between an environment and what it was, with cost and time")
    .argument("<environment>", "name of the environment")
    .argument("[other]", "another environment, which it is compared with")
    .option("--against <what>", "what it was: a git ref, a plan.json, or what pulumi stack export prints")
    .option("--json", "print the difference as JSON", false)
    .option("--markdown <file>", "also write it as Markdown, for a comment on a pull request")
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action(async (environment: string, other: string | undefined, options: Omit<DiffOptions, "verbose">) =>
      COMMANDS.diff().diff(environment, other, { ...options, ...program.opts<{ verbose: boolean }>() }),
    );
  const stores = program
    .command("stores")
    .description("keep the ledger of a durable environment's stores: no data goes because a line went");
  stores
    .command("record")
    .description("write the stores that services need into the ledger")
    .argument("<environment>", "name of the environment")
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action((environment: string, options: { cwd: string }) => COMMANDS.stores().recordAll(environment, options));
  stores
    .command("retire")
    .description("let a store go that no service needs any more; its data stays in AWS until somebody removes it")
    .argument("<environment>", "name of the environment")
    .argument("[store]", "kind and name, such as table/sessions")
    .option("--all", "every store, of an environment that is being decommissioned", false)
    .requiredOption("--because <reason>", "where its data is now, and who said so")
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action((environment: string, store: string | undefined, options: RetireOptions) =>
      COMMANDS.stores().retireStores(environment, store, options),
    );
  program
    .command("logs")
    .description("look after the logs of an environment")
    .command("replay")
    .description("send log files and lines that the log store did not take back to it, with the AWS credentials of the caller")
    .argument("<environment>", "name of the environment")
    .option("--dry-run", "only say what there is, and why", false)
    .option("--json", "print what was sent back as JSON", false)
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action((environment: string, options: ReplayOptions) => COMMANDS.logs().replay(environment, options));
  program
    .command("policy")
    .description("judge stacks that there are by the policy packs")
    .command("check")
    .description("judge the state of a stack, its preview, or the plan of an environment")
    .option("--state <file>", "what pulumi stack export prints; - for standard input")
    .option("--preview <file>", "what pulumi preview --json --show-sames prints; - for standard input")
    .option("--env <environment>", "whose levels and settings count; without a file, what is planned. Default: the stack's name")
    .option("--pack <name>", "judge by this pack only; can be given again", collect, [])
    .option("--config <file>", "levels and settings instead of policy/config/<environment>.json, in the folder of the project")
    .option("--exceptions <file>", "exceptions instead of policy/exceptions.json, in the folder of the project")
    .option("--json", "print the verdict as JSON", false)
    .option("--sarif <file>", "also write it as SARIF 2.1.0, for code scanning")
    .option("--junit <file>", "also write it as JUnit XML, for test reports")
    .option("--markdown <file>", "also write it as Markdown, for a comment on a pull request")
    .option("--cwd <folder>", "folder of the project", process.cwd())
    .action(async (options: PolicyCheckOptions) => {
      setCode((await COMMANDS.policy().checkPolicy(options)) ? EXIT.ok : EXIT.policyViolation);
    });
  program
    .command("rehearse")
    .description("live through an environment's whole life on the real engine and a simulated cloud; needs pulumi, and nothing of AWS")
    .argument("<environment>", "name of the environment")
    .option("--speed <milliseconds>", "what a minute of AWS takes here. Default: no more than the engine needs for itself")
    .option("--fault <pattern>", "types whose first creation fails, such as aws:rds/*, or a probability; can be given again", collect, [])
    .option("--seed <text>", "what failures by chance follow from", "1")
    .option("--json", "print what was found as JSON", false)
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action(async (environment: string, options: RehearseOptions) => {
      setCode((await COMMANDS.rehearse().rehearseEnvironment(environment, options)) ? EXIT.ok : EXIT.rehearsalFailed);
    });
  program
    .command("schema")
    .description("write the JSON Schemas of stack files, service descriptors and plans, and the page about the policies")
    .option("--check", "only say whether the files are up to date", false)
    .action(({ check }: { check: boolean }) => {
      setCode(COMMANDS.schema().schema(check) ? EXIT.ok : EXIT.badInput);
    });
  addPlatformCommands(program, setCode);
  return program;
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
  const leave = hearRejections((reason) => failed(reason));
  try {
    await Promise.race([build((value) => (code = value)).parseAsync([...argv]), failure]);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.badInput;
    const { text, code: failed } = described(error, verbose);
    process.stderr.write(text);
    return failed;
  } finally {
    setImmediate(leave);
  }
}
