import * as pulumi from "@pulumi/pulumi";
import { type Network } from "../network/network";
import { allowPassage } from "../network/passage";
import { type PlatformContext } from "../platform-context";
import { ServiceLogs } from "../visibility/service-logs";
import { type Bindable, type Binding, type BoundAccess, type Consumer, variablePrefix } from "./binding";
import { declare, type PlacementDeclaration } from "./declaration";
import { type Descriptor } from "./descriptor";
import { ServiceIdentity } from "./identity";
import { type Place, servicePort } from "./place";
import { tagged } from "./tags";

export interface ServiceArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  readonly descriptor: Descriptor;
  /** What decided where it runs; the component declares it. */
  readonly placement: PlacementDeclaration;
  /** Where it runs. Another place replaces the workload. */
  readonly place: Place;
  /** Team that owns the service unless its descriptor names another; the `owner` tag. */
  readonly owner: string;
  /** Days its logs are kept. */
  readonly logDays: number;
  /** Key its logs are encrypted with. */
  readonly logKeyArn: pulumi.Input<string>;
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

  private readonly identity: ServiceIdentity;
  private readonly logs: ServiceLogs;
  private readonly place: Place;
  private readonly descriptor: Descriptor;

  constructor(
    public readonly name: string,
    args: ServiceArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super(
      "strata:service:Service",
      name,
      { ...declare(args.descriptor, args.placement) },
      pulumi.mergeOptions(options, { transformations: [tagged({ service: name, owner: args.descriptor.owner ?? args.owner })] }),
    );
    this.descriptor = args.descriptor;
    this.place = args.place;
    this.identity = new ServiceIdentity(
      name,
      {
        context: args.context,
        network: args.network,
        runsAs: args.place.runsAs,
        internetReasons: [...args.place.internetReasons(args.descriptor), ...declaredInternet(args.descriptor)],
      },
      { parent: this },
    );
    this.logs = new ServiceLogs(name, { context: args.context, retentionDays: args.logDays, keyArn: args.logKeyArn }, { parent: this });
    this.securityGroupId = this.identity.securityGroupId;
    this.roleArn = this.identity.roleArn;
  }

  /** Makes the workload, with what it is bound to. Call it once, when every binding is there. */
  run(bindings: readonly Binding[]): void {
    const ready = this.identity.grant(bindings.flatMap((binding) => binding.statements));
    this.place.run({ descriptor: this.descriptor, identity: this.identity, logs: this.logs, bindings, ready, parent: this });
    this.registerOutputs({ securityGroupId: this.securityGroupId, roleArn: this.roleArn });
  }

  /** Lets another service call this one by its Service Connect name. */
  bind(consumer: Consumer, access: BoundAccess): Binding {
    const port = servicePort(this.descriptor);
    if (port === undefined) throw new Error(`service ${this.name} listens on no port that ${consumer.name} could call`);
    return {
      to: this.name,
      kind: "service",
      access,
      variables: { [variablePrefix(this.name, "URL")]: `http://${this.name}:${port}` },
      statements: [],
      ready: allowPassage(consumer, this, port, this),
    };
  }
}

function declaredInternet(descriptor: Descriptor): string[] {
  return (descriptor.needs ?? []).flatMap((need) => ("internet" in need ? [need.internet] : []));
}
