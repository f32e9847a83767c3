import type * as pulumi from "@pulumi/pulumi";
import { type Network } from "../components/network/network";
import { type LayerKey } from "../components/persistence/layer-key";
import { type PlatformContext } from "../components/platform-context";
import { type FileStore } from "../components/visibility/host/ecs-files";
import { createFileStore, EcsHost } from "../components/visibility/host/ecs-host";
import { EcsNodeDaemons } from "../components/visibility/host/ecs-node-daemons";
import { EksHost } from "../components/visibility/host/eks-host";
import { EksNodeDaemons } from "../components/visibility/host/eks-node-daemons";
import { type VisibilityHost } from "../components/visibility/host/host";
import { type NodeDaemons } from "../components/visibility/host/node-daemon";
import { hasOwnEks, hostKind } from "./config/visibility/host-checks";
import { type EnvironmentConfig } from "./environment";
import { type Places } from "./places";
import { instanceTags } from "./shared-compute";

/** What hosts are made with. */
export interface VisibilityHostsArgs {
  readonly context: PlatformContext;
  readonly environment: EnvironmentConfig;
  readonly network: Network;
  /** Key of the layer: its secrets, files and volumes. */
  readonly key: LayerKey;
  readonly places: Places;
  readonly parent: pulumi.Resource;
}

const HOST = "visibility";
const DAEMONS = "nodes";

/** What runs the programs and daemons of the visibility layer. Each is made when something first asks for it: an environment without is without. */
export class VisibilityHosts {
  private made: VisibilityHost | undefined;
  private daemons: readonly NodeDaemons[] | undefined;
  private ecsHost: EcsHost | undefined;
  private files: FileStore | undefined;

  constructor(private readonly args: VisibilityHostsArgs) {}

  /** The one host of the environment. */
  host(): VisibilityHost {
    const { environment, places } = this.args;
    this.made ??= hostKind(environment.visibility.host, places.placed) === "eks" ? this.onEks() : this.onEcs();
    return this.made;
  }

  /**
   * What runs daemons: on the nodes of the EKS cluster where there is one, and on the instances of the ECS cluster where there are any. A
   * program with storage on ECS brings instances, so ask when all programs are made.
   */
  nodeDaemons(): readonly NodeDaemons[] {
    this.daemons ??= [...this.onNodes(), ...this.onInstances()];
    return this.daemons;
  }

  private onEks(): EksHost {
    const { context, network, key, places, parent } = this.args;
    return new EksHost(HOST, { context, network, cluster: places.shared.kubernetesCluster.get(), secretKeyArn: key.arn }, { parent });
  }

  private onEcs(): EcsHost {
    const { context, environment, network, key, places, parent } = this.args;
    this.ecsHost = new EcsHost(
      HOST,
      {
        context,
        network,
        cluster: places.shared.ecsCluster.get(),
        keyArn: key.arn,
        logs: this.logs,
        store: this.store(),
        tags: instanceTags(environment),
      },
      { parent },
    );
    return this.ecsHost;
  }

  private get logs() {
    const { environment, key } = this.args;
    return { retentionDays: environment.visibility.logDays, keyArn: key.arn };
  }

  private store(): FileStore {
    const { context, key, parent } = this.args;
    this.files ??= createFileStore(HOST, context, key.arn, parent);
    return this.files;
  }

  private onNodes(): NodeDaemons[] {
    const { context, network, key, places, parent } = this.args;
    if (!hasOwnEks(places.placed)) return [];
    return [
      new EksNodeDaemons(DAEMONS, { context, network, cluster: places.shared.kubernetesCluster.get(), secretKeyArn: key.arn }, { parent }),
    ];
  }

  private onInstances(): NodeDaemons[] {
    const { context, network, key, places, parent } = this.args;
    const own = this.ecsHost?.instances ?? [];
    if (own.length === 0 && !places.placed.some(({ target }) => target === "ecs")) return [];
    const cluster = places.shared.ecsCluster.get();
    return [
      new EcsNodeDaemons(
        DAEMONS,
        {
          context,
          network,
          cluster,
          instances: () => [...cluster.instances, ...(this.ecsHost?.instances ?? [])],
          store: this.store(),
          keyArn: key.arn,
          logs: this.logs,
        },
        { parent },
      ),
    ];
  }
}
