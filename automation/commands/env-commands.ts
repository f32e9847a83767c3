import { type Command } from "commander";
import { COMMANDS } from "../lazy-commands";
import { type Platform } from "../platform";
import { type EnvCreateOptions, type EnvOptions } from "./env";

function collect(value: string, before: readonly string[]): string[] {
  return [...before, ...value.split(",")];
}

function platform({ cwd }: EnvOptions): Platform {
  const { Platform } = COMMANDS.platform();
  return new Platform({ root: cwd });
}

/** Adds `strata env …` to the command. */
export function addEnvCommands(program: Command): void {
  const env = program.command("env").description("make and destroy ephemeral environments: cheap, with a range of their own and an end");
  env
    .command("create")
    .description("write the stack file of an ephemeral environment; nothing is deployed")
    .argument("<name>", "name with a hyphen, such as pr-123")
    .requiredOption("--from <environment>", "environment it is made like")
    .option("--expires <time>", "how long it may live, 1h to 30d", "3d")
    .option("--owner <team>", "who asked for it. Default: the user of this machine")
    .option("--only <services>", "services it has, with those that they call, by commas; can be given again", collect, [])
    .option("--budget <usd>", "most it may cost in a month. Default: the budget of --from")
    .option("--json", "print it as JSON", false)
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action((name: string, options: EnvCreateOptions) => COMMANDS.env().createEnv(name, options));
  env
    .command("list")
    .description("list the ephemeral environments that have a stack file")
    .option("--json", "print them as JSON", false)
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action((options: EnvOptions) => COMMANDS.env().listEnv(options));
  env
    .command("destroy")
    .description("destroy an ephemeral environment and remove its stack file")
    .argument("<name>", "its name")
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action((name: string, options: EnvOptions) => COMMANDS.env().destroyEnv(name, platform(options), options));
  env
    .command("expired")
    .description("list the ephemeral environments whose time is over")
    .option("--destroy", "destroy them", false)
    .option("--json", "print them as JSON", false)
    .option("--cwd <folder>", "folder of the platform", process.cwd())
    .action((options: EnvOptions & { destroy: boolean }) => COMMANDS.env().expiredEnv(platform(options), options));
}
