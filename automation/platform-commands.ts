import { type Command, InvalidArgumentError, Option } from "commander";
import { collect } from "./commands/collect";
import {
  type ChangeCommandOptions,
  type EnvironmentOptions,
  type ImportCommandOptions,
  type OrphansOptions,
  type ProgressOptions,
} from "./commands/operations";
import { type OutputsOptions } from "./commands/records";
import { type DoctorCommandOptions, type InitCommandOptions } from "./commands/setup";
import { EXIT } from "./exit";
import { COMMANDS } from "./lazy-commands";
import { PROGRESS_MODES } from "./progress/modes";

const MOST_PARALLEL = 1_000;

function width(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARALLEL)
    throw new InvalidArgumentError(`it is a number from 1 to ${MOST_PARALLEL}`);
  return number;
}

function about(command: Command): Command {
  return command.option("--json", "print the result as JSON", false).option("--cwd <folder>", "folder of the platform", process.cwd());
}

function onEnvironment(program: Command, name: string, description: string): Command {
  return about(program.command(name).description(description).argument("<environment>", "name of the environment"));
}

function withProgress(command: Command): Command {
  return command
    .addOption(new Option("--progress <how>", "how progress is told on stderr").choices(PROGRESS_MODES).default("auto"))
    .option("--parallel <number>", "operations in flight at the most; by default from the graph of the plan", width);
}

function changing(command: Command): Command {
  return withProgress(command)
    .option("--yes", "do it without a question", false)
    .option(
      "--allow-replace <urn>",
      "agree that this resource is replaced or deleted, though it keeps data; can be given again",
      collect,
      [],
    )
    .option("--break-lock <id>", "take this lock by force")
    .option("--settle <urn=id>", "say what a killed operation made: its id, or nothing after the sign; can be given again", collect, []);
}

/** The commands that drive the engine. */
export function addPlatformCommands(program: Command, setCode: (code: number) => void): void {
  withProgress(onEnvironment(program, "preview", "say what up would do, by the engine; nothing is changed")).action(
    (environment: string, options: ProgressOptions) => COMMANDS.operations().preview(environment, options),
  );
  changing(onEnvironment(program, "up", "make an environment what its files say; what would lose data stops it")).action(
    (environment: string, options: ChangeCommandOptions) => COMMANDS.operations().up(environment, options),
  );
  withProgress(onEnvironment(program, "refresh", "write into the state what the cloud has")).action(
    (environment: string, options: ProgressOptions) => COMMANDS.operations().refresh(environment, options),
  );
  withProgress(onEnvironment(program, "drift", "say what differs between the state and the cloud; nothing is changed")).action(
    async (environment: string, options: ProgressOptions) => {
      setCode((await COMMANDS.operations().drift(environment, options)) ? EXIT.ok : EXIT.drifted);
    },
  );
  changing(onEnvironment(program, "destroy", "delete everything of an environment"))
    .option("--destroy-durable <environment>", "agree, by its name, that a durable environment goes")
    .action((environment: string, options: ChangeCommandOptions) => COMMANDS.operations().destroy(environment, options));
  onEnvironment(program, "outputs", "print what an environment gives to others")
    .option("--show-secrets", "print secrets in the clear", false)
    .action((environment: string, options: OutputsOptions) => COMMANDS.records().outputs(environment, options));
  onEnvironment(program, "history", "list what was done to an environment, the newest first").action(
    (environment: string, options: EnvironmentOptions) => COMMANDS.records().history(environment, options),
  );
  about(program.command("environments").description("list the environments, by stack files and by back end")).action(
    (options: EnvironmentOptions) => COMMANDS.records().environments(options),
  );
  onEnvironment(program, "import", "put a resource that exists under the care of an environment")
    .argument("<type>", "type token, such as aws:s3/bucket:Bucket")
    .argument("<name>", "name by which the program asks for it")
    .argument("<id>", "id in the cloud, as the provider's page about the type says under Import")
    .option("--provider <urn>", "its provider; by default the only one of its package in the state")
    .option("--parent <urn>", "its parent; by default the stack")
    .action((environment: string, type: string, name: string, id: string, options: ImportCommandOptions) =>
      COMMANDS.operations().importOne(environment, { type, name, id }, options),
    );
  onEnvironment(program, "cancel", "end the lock that an operation has left behind").action(
    (environment: string, options: EnvironmentOptions) => COMMANDS.operations().cancel(environment, options),
  );
  onEnvironment(program, "orphans", "list what carries an environment's tags in the cloud and is in no state; adopt or delete it")
    .option("--adopt <id>", "take this one into the state")
    .option("--as <urn>", "resource of the plan that it is; by default the only one that it could be")
    .option("--delete <id>", "delete this one; its whole id, where it may hold data")
    .action((environment: string, options: OrphansOptions) => COMMANDS.operations().orphans(environment, options));
  onEnvironment(program, "init", "give an environment a stack in a back end, and check what it needs")
    .option("--backend <url>", "where the state is kept: file://folder, s3://bucket or https://api.pulumi.com")
    .option(
      "--secrets-provider <provider>",
      "what encrypts secrets: passphrase, default, or a key such as awskms://alias/strata?region=us-east-1",
    )
    .action(async (environment: string, options: InitCommandOptions) => {
      setCode((await COMMANDS.setup().init(environment, options)) ? EXIT.ok : EXIT.notReady);
    });
  about(program.command("doctor").description("check what a deployment needs, and say how to mend it"))
    .argument("[environment]", "name of the environment; without it only what all of them need")
    .option("--install", "fetch the Pulumi engine when there is none", false)
    .action(async (environment: string | undefined, options: DoctorCommandOptions) => {
      setCode((await COMMANDS.setup().doctor(environment, options)) ? EXIT.ok : EXIT.notReady);
    });
}
