import * as pulumi from "@pulumi/pulumi";
import { type ServiceNetwork } from "../network/service-network";
import { allowPassage, type Side } from "../network/passage";
import { type PlatformContext } from "../platform-context";
import { type ObservedService } from "../visibility/alarms/observed-service";
import { ServiceLogs } from "../visibility/service-logs";
import { NO_TELEMETRY_SOURCE, type TelemetrySource } from "../visibility/telemetry";
import { type Bindable, type Binding, type BoundAccess, type Consumer, variablePrefix } from "./binding";
import { type BudgetDeclaration, declare, type PlacementDeclaration } from "./declaration";
import { type Descriptor } from "./descriptor";
import { ServiceIdentity } from "./identity";
import { type Place, servicePort } from "./place";
import { tagged } from "./tags";

export interface ServiceArgs {
  readonly context: PlatformContext;
  readonly network: ServiceNetwork;
  readonly descriptor: Descriptor;
  /** What decided where it runs; the component declares it. */
  readonly placement: PlacementDeclaration;
  /** What it may cost; the component declares it. Default: nobody limits it. */
  readonly budget?: BudgetDeclaration;
  /** Where it runs. Another place replaces the workload. */
  readonly place: Place;
  /** Team that owns the service unless its descriptor names another; the `owner` tag. */
  readonly owner: string;
  /** Days its logs are kept. */
  readonly logDays: number;
  /** Key its logs are encrypted with. */
  readonly logKeyArn: pulumi.Input<string>;
  /** What the visibility layer adds to its workload. Default: nothing. */
  readonly telemetry?: TelemetrySource;
}

/** What is known of a service that exists already. */
export interface ServiceIds {
  /** Group its tasks run in. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Port that other services call. */
  readonly port: number;
}

/**
 * One service of the catalogue: its identity, its logs and, once `run` is called, its workload.
 * Making and running are two steps because services may need each other.
 *
 * Cost: that of its workload and logs.
 */
export class Service extends pulumi.ComponentResource implements Consumer, Bindable {
  public readonly securityGroupId: pulumi.Output<string>;
  public readonly roleArn: pulumi.Output<string>;
  /** What the service says. */
  public readonly logs: ServiceLogs;

  private readonly identity: ServiceIdentity;
  private readonly place: Place;
  private readonly descriptor: Descriptor;
  private readonly telemetry: TelemetrySource;

  constructor(
    public readonly name: string,
    args: ServiceArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super(
      "strata:service:Service",
      name,
      { ...declare(args.descriptor, args.placement, args.budget) },
      pulumi.mergeOptions(options, { transformations: [tagged({ service: name, owner: args.descriptor.owner ?? args.owner })] }),
    );
    this.descriptor = args.descriptor;
    this.place = args.place;
    this.telemetry = args.telemetry ?? NO_TELEMETRY_SOURCE;
    this.identity = new ServiceIdentity(
      name,
      {
        context: args.context,
        network: args.network,
        runsAs: args.place.runsAs,
        internetReasons: [
          ...args.place.internetReasons(args.descriptor),
          ...declaredInternet(args.descriptor),
          ...this.telemetry.internetReasons(args.descriptor, args.place.target),
        ],
      },
      { parent: this },
    );
    this.logs = new ServiceLogs(name, { context: args.context, retentionDays: args.logDays, keyArn: args.logKeyArn }, { parent: this });
    this.securityGroupId = this.identity.securityGroupId;
    this.roleArn = this.identity.roleArn;
  }

  /** A service that exists already, on tasks of the same namespace: nothing of it is changed but the rule that lets a consumer in. */
  static adopt(name: string, { securityGroupId, port }: ServiceIds, options?: { readonly parent?: pulumi.Resource }): Bindable {
    return {
      bind: (consumer, access) =>
        callBinding({ name, securityGroupId }, port, consumer, access, options?.parent ?? pulumi.rootStackResource),
    };
  }

  /**
   * Makes the workload, with what it is bound to. Call it once, when every binding is there.
   * @returns what CloudWatch knows the workload by.
   */
  run(bindings: readonly Binding[]): ObservedService {
    const { descriptor, identity, logs, place } = this;
    const telemetry = this.telemetry.of({ descriptor, target: place.target, identity, parent: this });
    const granted = identity.grant([...bindings.flatMap(({ statements }) => statements), ...telemetry.statements]);
    const observed = place.run({ descriptor, identity, logs, bindings, telemetry, ready: [...granted, ...telemetry.ready], parent: this });
    this.registerOutputs({ securityGroupId: this.securityGroupId, roleArn: this.roleArn });
    return observed;
  }

  /** Lets another service call this one by its Service Connect name. */
  bind(consumer: Consumer, access: BoundAccess): Binding {
    const port = servicePort(this.descriptor);
    if (port === undefined) throw new Error(`service ${this.name} listens on no port that ${consumer.name} could call`);
    return callBinding(this, port, consumer, access, this);
  }
}

/** What a consumer gets of a service: its Service Connect name, and the way there. */
function callBinding(to: Side, port: number, consumer: Consumer, access: BoundAccess, parent: pulumi.Resource): Binding {
  return {
    to: to.name,
    kind: "service",
    access,
    variables: { [variablePrefix(to.name, "URL")]: `http://${to.name}:${port}` },
    statements: [],
    ready: allowPassage(consumer, to, port, parent),
  };
}

function declaredInternet(descriptor: Descriptor): string[] {
  return (descriptor.needs ?? []).flatMap((need) => ("internet" in need ? [need.internet] : []));
}
