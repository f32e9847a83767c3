import * as pulumi from "@pulumi/pulumi";
import { UserError } from "../components/faults";
import { Network } from "../components/network/network";
import { type ServiceNetwork } from "../components/network/service-network";
import { type PlatformContext } from "../components/platform-context";
import { type Bindable } from "../components/service/binding";
import { type Need } from "../components/service/needs";
import { Service } from "../components/service/service";
import { type AlarmTopics } from "../components/visibility/alarms/alarm-topics";
import { type AddedService, addService, type ServiceOverrides } from "./added-service";
import { OUTPUTS_VERSION, PlatformFacts } from "./outputs";
import { createProvider } from "./provider";
import { ReferencedStores } from "./referenced-stores";

/** How a platform is referred to. */
export interface ReferenceOptions {
  /** ARN of the role that this project deploys with. Default: the caller's own identity. */
  readonly assumeRole?: string;
}

/** What a stack exports, as far as it is among what a platform exports. */
async function readOutputs(reference: pulumi.StackReference): Promise<Record<string, unknown>> {
  const names = Object.keys(PlatformFacts.shape);
  const details = await Promise.all(names.map((name) => reference.getOutputDetails(name)));
  return Object.fromEntries(
    details.flatMap(({ value }, index): [string, unknown][] => {
      const name = names[index];
      return name === undefined || value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}

/**
 * Reads what a stack exports as the outputs of a platform.
 * @throws {UserError} when it is no platform, one of a version that this package does not know, or lacks an output.
 */
export function readFacts(stack: string, outputs: Readonly<Record<string, unknown>>): PlatformFacts {
  const { version } = outputs;
  if (typeof version !== "number")
    throw new UserError(
      `${stack}: is no stack of a platform, it exports no version; name the stack of an environment as organization/project/stack, and deploy it with this package first`,
    );
  if (version !== OUTPUTS_VERSION)
    throw new UserError(
      `${stack}: exports version ${version}, and this package reads ${OUTPUTS_VERSION}; ${version > OUTPUTS_VERSION ? "install a newer strata-platform here" : "deploy the platform with a newer release"}`,
    );
  const result = PlatformFacts.safeParse(outputs);
  if (result.success) return result.data;
  throw new UserError(
    result.error.issues
      .map((issue) => {
        const value = issue.path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], outputs);
        const what = value === undefined ? "is missing" : "is not what a platform exports";
        return `${stack}: output ${issue.path.join(".")}: ${what}; deploy the platform again, with the release this project has`;
      })
      .join("\n"),
  );
}

/**
 * A platform that runs, as a project of its own sees it: what its stack exports, and the same things to put a service on as the platform's own
 * services have. Nothing of the platform is changed but what lets a service in: rules of security groups, rules of the listener, routes of the API.
 *
 * Cost: none by itself.
 */
export class PlatformReference extends pulumi.ComponentResource {
  public readonly context: PlatformContext;
  public readonly network: ServiceNetwork;
  public readonly alarms: AlarmTopics;

  private readonly stores: ReferencedStores;

  private constructor(
    name: string,
    public readonly facts: PlatformFacts,
    { assumeRole }: ReferenceOptions,
  ) {
    const { environment, accountId, region, durable, decommissioning } = facts;
    const logsSubscribed = facts.logs.subscribed;
    // Policies ask whether it is durable before they want more than one copy, and what sends logs on, which is in the platform's stack.
    super(
      "strata:stacks:PlatformReference",
      name,
      { environment, durable, ...(decommissioning && { decommissioning }), logsSubscribed },
      { providers: { aws: createProvider({ ...facts, assumeRole }) } },
    );
    this.context = { environment, accountId, region, durable, decommissioning };
    this.network = Network.adopt(facts.network);
    this.alarms = { arn: pulumi.output(facts.alarms.arn), criticalArn: pulumi.output(facts.alarms.criticalArn) };
    this.stores = new ReferencedStores(facts, this, this.network);
    this.registerOutputs();
  }

  /**
   * Reads a platform. Its outputs are plain values from here on, so that which resources there are does not wait for anything.
   * @param stack as `organization/project/stack`; in a back end of one's own, such as S3, the organization is called `organization`.
   * @throws {UserError} when it is no platform, one of a version that this package does not know, or lacks an output.
   */
  static async read(stack: string, options: ReferenceOptions = {}): Promise<PlatformReference> {
    const facts = readFacts(stack, await readOutputs(new pulumi.StackReference(stack)));
    return new PlatformReference(facts.environment, facts, options);
  }

  /**
   * Adds a service: places it as the platform would, binds what it needs, and gives it logs, alarms, traces and tags.
   * @param file of its descriptor, from the folder of `Pulumi.yaml`.
   * @param overrides what the platform's stack file would say under `strata:services`. Default: nothing.
   * @throws {ConfigError} with everything that is wrong with the descriptor, or that this platform cannot give it.
   */
  addService(file: string, overrides: ServiceOverrides = {}): AddedService {
    return addService(this, file, overrides);
  }

  /** A store of the platform that a service can be bound to; undefined when it has none, or none that others may use. */
  store(need: Need): Bindable | undefined {
    return this.stores.find(need);
  }

  /** A service of the platform that others can call; undefined when there is none, or it takes no calls. */
  service(name: string): Bindable | undefined {
    const known = this.facts.services[name];
    if (known?.port === undefined) return undefined;
    return Service.adopt(name, { securityGroupId: known.securityGroupId, port: known.port }, { parent: this });
  }

  /** Stores that start services. */
  get sources(): ReferencedStores {
    return this.stores;
  }
}
