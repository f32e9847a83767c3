import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { ConfigError } from "../components/faults";
import { readProject, readStackFile } from "../plan/stack-file";
import { type EnvironmentConfig, readEnvironment } from "../stacks/environment";
import { locksOf } from "./back-end";
import { failureOf } from "./engine/failure";
import { type EngineRun, type EngineStack } from "./engine/stack";
import { type LockHolder, UpdateFailed } from "./errors";
import { type CloudSearch, type StackName } from "./recovery/cloud-search";
import { type LockOptions } from "./recovery/locks";
import { recover } from "./recovery/recover";
import { searchOf } from "./recovery/search-of";
import { type SettleOptions } from "./recovery/settle";
import { readEditable, type Report, type State, type StateAccess } from "./recovery/state";

/** Where a platform is, and how its engine is reached. */
export interface PlatformOptions {
  /** Folder of `Pulumi.yaml`, the stack files and the catalogue. */
  readonly root: string;
  /** What the engine's environment has besides that of this process, such as `PULUMI_BACKEND_URL`; an undefined variable is taken away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The engine's own folder. Default: `~/.pulumi`. */
  readonly home?: string;
  /** Folder for copies of a state before it is mended. Default: `strata-states` in the engine's own folder. */
  readonly keepStatesIn?: string;
}

const WhoAmI = z.object({ url: z.string().optional() });

/** The stack of one environment, with its state, its locks and its cloud. What the engine does not do is thrown. */
export class EnvironmentStack {
  constructor(
    readonly engine: EngineStack,
    private readonly options: PlatformOptions,
  ) {}

  get environment(): string {
    return this.engine.name;
  }

  /**
   * Runs a command of the CLI that changes no resource.
   * @returns what it printed.
   * @throws {PlatformError} when it does not end well.
   */
  async command(...args: readonly string[]): Promise<string> {
    return this.demand(await this.engine.command(...args)).stdout;
  }

  /** @throws {PlatformError} when a run did not end well. */
  demand(run: EngineRun): EngineRun {
    if (run.exitCode !== 0) throw failureOf({ environment: this.environment, run });
    return run;
  }

  /** The state, to be read and written as it is: secrets stay encrypted. */
  readonly access: StateAccess = {
    export: async () => JSON.parse(this.demand(await this.engine.export()).stdout) as unknown,
    import: async (state) => void this.demand(await this.engine.importState(JSON.stringify(state))),
  };

  async state(): Promise<State> {
    return readEditable(await this.access.export());
  }

  /** Environment variables that the engine has. */
  private get env(): Readonly<Record<string, string | undefined>> {
    return { ...process.env, ...this.options.env };
  }

  /** URL of the back end. */
  async backEnd(): Promise<string> {
    return WhoAmI.parse(JSON.parse(await this.command("whoami", "--json"))).url ?? "";
  }

  /** Who holds locks on a stack of a back end. */
  async lockHolders(backEnd: string, stack: string): Promise<readonly LockHolder[]> {
    const locks = await locksOf(backEnd, this.options.root, { ...this.stackName, stack }, this.env).list();
    return locks.map(({ id, username, hostname, pid, timestamp }) => ({
      who: `${username}@${hostname} (pid ${pid})`,
      since: timestamp,
      lock: id,
    }));
  }

  /**
   * What comes before every operation that changes the stack.
   * @throws {LockedByAnother} when somebody is at work. {UndecidedOperations} when a person has to look.
   */
  async recover(report: Report, options: LockOptions & Omit<SettleOptions, "keepIn">): Promise<void> {
    const { environment, access, cloud } = this;
    const locks = locksOf(await this.backEnd(), this.options.root, this.stackName, this.env);
    await recover({ environment, stack: access, locks, cloud }, report, { ...options, keepIn: this.keepIn });
  }

  /** Folder for copies of the state before it is mended. */
  get keepIn(): string {
    return this.options.keepStatesIn ?? join(this.options.home ?? join(homedir(), ".pulumi"), "strata-states");
  }

  get stackName(): StackName {
    return { project: readProject(this.options.root), stack: this.environment };
  }

  /** @throws {ConfigError} when the stack file is wrong. */
  get configuration(): EnvironmentConfig {
    const { value, faults } = readEnvironment(this.environment, readStackFile(this.options.root, this.environment).config);
    if (!value) throw new ConfigError(faults);
    return value;
  }

  get cloud(): CloudSearch {
    return searchOf(this.configuration.aws, this.env);
  }

  /**
   * URN of the provider of a type: default providers are disabled in our stacks, so a resource that is adopted needs one.
   * @throws {UpdateFailed} when the state has more than one.
   */
  async providerOf(type: string): Promise<string | undefined> {
    const wanted = `pulumi:providers:${type.split(":")[0] ?? ""}`;
    const resources = (await this.state()).deployment.resources ?? [];
    const providers = resources.filter((resource) => resource.type === wanted).map(({ urn }) => urn);
    if (providers.length > 1)
      throw new UpdateFailed(`${type}: may be of several providers; name one of them with --provider:\n${providers.join("\n")}`);
    return providers[0];
  }
}
