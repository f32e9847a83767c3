import { satisfiesEngine } from "./node-version";
import { ConfigError } from "../../components/faults";
import { readStackFile } from "../../plan/stack-file";
import { readEnvironment } from "../../stacks/environment";
import { findEngine, type FoundEngine, onPath } from "../engine/executable";
import { EngineStack } from "../engine/stack";
import { assumed } from "../recovery/search-of";
import { planApart } from "../planning/plan-apart";
import { type AwsAccess, awsAccess } from "../aws-access";
import { type Account, identityCheck, quotaChecks } from "./account";
import { type Check, notChecked } from "./checks";
import { quotaNeeds } from "./quotas";

/** What the doctor is told. */
export interface DoctorOptions {
  /** Folder of the project. */
  readonly root: string;
  /** Without one, only what all environments need is looked at. */
  readonly environment?: string;
  /** Fetch the engine when there is none. Default: false. */
  readonly install?: boolean;
  readonly aws?: AwsAccess;
  /** The engine's environment, besides that of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Providers that the program asks for, and where their versions are. */
const PROVIDERS = ["aws", "awsx", "eks", "kubernetes", "random"] as const;

function nodeCheck(): Check {
  const what = "Node.js";
  const { fine, wanted } = satisfiesEngine(process.versions.node);
  if (fine) return { what, verdict: "fine", found: process.versions.node };
  return { what, verdict: "wrong", found: process.versions.node, mend: `install Node.js ${wanted}` };
}

async function engineCheck(install: boolean): Promise<{ readonly check: Check; readonly engine?: FoundEngine }> {
  const what = "Pulumi engine";
  try {
    const engine = await findEngine({ install });
    return { check: { what, verdict: "fine", found: `${engine.version}, ${engine.path} (${engine.from})` }, engine };
  } catch (error) {
    return {
      check: {
        what,
        verdict: "wrong",
        found: error instanceof Error ? error.message : String(error),
        mend: "strata doctor --install, or https://www.pulumi.com/docs/install",
      },
    };
  }
}

async function pluginChecks(engine: FoundEngine, { root, env }: DoctorOptions): Promise<Check[]> {
  const what = "provider plugins";
  const stack = await EngineStack.open({ engine, folder: root, ...(env && { env }) }, "");
  const { exitCode, stdout, stderr } = await stack.command("plugin", "ls", "--json");
  if (exitCode !== 0) return [notChecked(what, stderr.trim())];
  const installed = new Set((JSON.parse(stdout) as readonly { readonly name: string }[]).map(({ name }) => name));
  const missing = PROVIDERS.filter((name) => !installed.has(name) && onPath(`pulumi-resource-${name}`, env?.["PATH"]) === undefined);
  if (missing.length === 0) return [{ what, verdict: "fine", found: PROVIDERS.join(", ") }];
  const found = `${missing.join(", ")} missing`;
  // Whether they can be fetched is only known by fetching them.
  return [
    { what, verdict: "unknown", found: `not checked: ${found}; the engine fetches them at the first preview`, mend: "pulumi install" },
  ];
}

function awsCliCheck(env: DoctorOptions["env"]): Check {
  const [what, path] = ["aws CLI, for EKS", onPath("aws", env?.["PATH"])];
  if (path !== undefined) return { what, verdict: "fine", found: path };
  return { what, verdict: "wrong", found: "not on PATH", mend: "install the AWS CLI: https://docs.aws.amazon.com/cli" };
}

function accountOf(root: string, environment: string): Account {
  const { value, faults } = readEnvironment(environment, readStackFile(root, environment).config);
  if (!value) throw new ConfigError(faults);
  return value.aws;
}

async function environmentChecks(environment: string, { root, aws: own, env }: DoctorOptions): Promise<readonly Check[]> {
  const account = accountOf(root, environment);
  const { region, assumeRole } = account;
  const caller = { ...awsAccess({ ...process.env, ...env }), ...own };
  const aws = assumeRole === undefined ? caller : { ...caller, credentials: assumed(region, assumeRole, caller) };
  const { resources } = await planApart(root, environment);
  const { project } = readStackFile(root, environment);
  const hasCluster = resources.some(({ type }) => type === "aws:eks/cluster:Cluster" || type === "eks:index:Cluster");
  const identity = await identityCheck(account, aws);
  const needs = quotaNeeds(resources);
  const quotas =
    identity.verdict === "fine"
      ? await quotaChecks(needs, account, { project, stack: environment }, aws)
      : needs.map(({ what, needs: count }) => notChecked(`quota of ${what}`, `needs ${count}; there is no identity to ask with`));
  return [
    { what: "stack file", verdict: "fine", found: `Pulumi.${environment}.yaml, ${resources.length} resources` },
    identity,
    ...(hasCluster ? [awsCliCheck(env)] : []),
    ...quotas,
  ];
}

/**
 * Looks at everything that a deployment needs before it is begun; nothing is changed, unless an engine is to be fetched.
 * @throws {ConfigError} when the stack file is wrong. {UserError} when there is none.
 */
export async function doctor(options: DoctorOptions): Promise<readonly Check[]> {
  const { environment, install = false } = options;
  const { check, engine } = await engineCheck(install);
  return [
    nodeCheck(),
    check,
    ...(engine ? await pluginChecks(engine, options) : []),
    ...(environment === undefined ? [] : await environmentChecks(environment, options)),
  ];
}
