import type {
  AppsV1Api,
  AutoscalingV2Api,
  CoreV1Api,
  NetworkingV1Api,
  PolicyV1Api,
  V1PersistentVolumeClaim,
  V1Pod,
} from "@kubernetes/client-node" with { "resolution-mode": "import" };
import { setTimeout as sleep } from "node:timers/promises";
import { type ControlPlane } from "./control-plane";

const POLL_MS = 250;
const WAIT_SECONDS = 120;
const OK = 200;
const CREATED = 201;
const TOO_MANY_REQUESTS = 429;
const ZONE = "topology.kubernetes.io/zone";
const HOST = "kubernetes.io/hostname";

/** An object to apply. */
export interface Applied {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** An object with what its kind has beside. */
type Full = Applied & Readonly<Record<string, unknown>>;

function apiPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** A pod and where the scheduler put it. */
export interface Placed {
  readonly name: string;
  readonly host: string;
  readonly zone: string;
}

/** A cluster with simulated nodes, seen through its API, with a test in the place of the CSI driver. */
export class SimulatedCluster {
  private readonly zones = new Map<string, string>();

  private constructor(
    /** Whether an error says that a budget allows no disruption now. */
    private readonly mustWait: (error: unknown) => boolean,
    private readonly plane: ControlPlane,
    readonly core: CoreV1Api,
    readonly apps: AppsV1Api,
    readonly policy: PolicyV1Api,
    readonly autoscaling: AutoscalingV2Api,
    readonly networking: NetworkingV1Api,
  ) {}

  /** The cluster behind a control plane. */
  static async of(plane: ControlPlane): Promise<SimulatedCluster> {
    // The client is an ES module, which a CommonJS program loads while it runs.
    const client = await import("@kubernetes/client-node");
    const { config } = plane;
    return new SimulatedCluster(
      (error) => error instanceof client.ApiException && error.code === TOO_MANY_REQUESTS,
      plane,
      config.makeApiClient(client.CoreV1Api),
      config.makeApiClient(client.AppsV1Api),
      config.makeApiClient(client.PolicyV1Api),
      config.makeApiClient(client.AutoscalingV2Api),
      config.makeApiClient(client.NetworkingV1Api),
    );
  }

  /** Adds Graviton nodes of 8 vCPU and 32 GiB, named by their zones, and waits until pods can be put on every one of them. */
  async addNodes(zones: readonly string[], perZone: number): Promise<void> {
    for (const zone of zones)
      for (let index = 1; index <= perZone; index++) {
        const name = `${zone}-${index}`;
        const room = { cpu: "8", memory: "32Gi", pods: "58" };
        this.zones.set(name, zone);
        await this.core.createNode({
          body: {
            metadata: { name, labels: { [ZONE]: zone, [HOST]: name, "kubernetes.io/arch": "arm64", "kubernetes.io/os": "linux" } },
            status: { allocatable: room, capacity: room },
          },
        });
      }
    await this.until("the nodes are ready", async () => {
      const { items } = await this.core.listNode();
      return items.every(({ spec, status }) => (spec?.taints ?? []).length === 0 && holds(status?.conditions, "Ready"));
    });
  }

  nodes(): string[] {
    return [...this.zones.keys()];
  }

  /**
   * Applies an object as the Pulumi provider does, on the server's side, and refuses a field that its kind does not have.
   * @throws {Error} with what the API server says against it.
   */
  async apply(object: Applied): Promise<void> {
    const { name, namespace } = object.metadata;
    const within = namespace === undefined ? "" : `namespaces/${namespace}/`;
    const path = `${apiPath(object.apiVersion)}/${within}${await this.plural(object)}/${name}`;
    const query = "fieldManager=strata-test&force=true&fieldValidation=Strict";
    const { status, text } = await this.plane.request("PATCH", `${path}?${query}`, JSON.stringify(object), "application/apply-patch+yaml");
    if (status !== OK && status !== CREATED) throw new Error(`${object.kind} ${name}: ${text}`);
  }

  /** Applies all, of which a kind may come into being only a moment after its definition: one object of such a kind is tried until it is taken. */
  async applyAll(objects: readonly Applied[], ofNewKind: Applied): Promise<void> {
    await this.until(`the kind ${ofNewKind.kind}`, () =>
      this.apply(ofNewKind).then(
        () => true,
        () => false,
      ),
    );
    for (const object of objects) await this.apply(object);
  }

  /** How a kind is written in a path, as the API server says. */
  private async plural({ apiVersion, kind }: Applied): Promise<string> {
    const { text } = await this.plane.request("GET", apiPath(apiVersion));
    const { resources = [] } = JSON.parse(text) as { readonly resources?: readonly { readonly name: string; readonly kind: string }[] };
    const found = resources.find((resource) => resource.kind === kind && !resource.name.includes("/"));
    if (!found) throw new Error(`the API server has no ${kind} of ${apiVersion}`);
    return found.name;
  }

  /** Waits for something to become true, making volumes meanwhile. */
  async until(what: string, done: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + WAIT_SECONDS * 1_000;
    while (!(await done())) {
      if (Date.now() > deadline) throw new Error(`${what}: not after ${WAIT_SECONDS} s\n${await this.waiting()}`);
      await this.provision();
      await sleep(POLL_MS);
    }
  }

  /** Where the ready pods of a namespace are. */
  async placed(namespace: string): Promise<Placed[]> {
    const { items } = await this.core.listNamespacedPod({ namespace });
    return items.filter(isReady).map(({ metadata, spec }) => {
      const host = spec?.nodeName ?? "";
      return { name: metadata?.name ?? "", host, zone: this.zones.get(host) ?? "" };
    });
  }

  /** Takes every pod off a node as `kubectl drain` does, asking again where a budget says to wait; `watch` runs between the requests. */
  async drain(node: string, watch: () => Promise<void>): Promise<void> {
    await this.schedulable(node, false);
    await this.until(`draining ${node}`, async () => {
      await watch();
      const { items: all } = await this.core.listPodForAllNamespaces({ fieldSelector: `spec.nodeName=${node}` });
      // A daemon's pod comes back at once, on a node that is drained too: `kubectl drain --ignore-daemonsets` leaves it.
      const items = all.filter(({ metadata }) => !metadata?.ownerReferences?.some(({ kind }) => kind === "DaemonSet"));
      for (const { metadata } of items) if (!metadata?.deletionTimestamp) await this.evict(metadata?.name ?? "", metadata?.namespace ?? "");
      return items.length === 0;
    });
  }

  async schedulable(node: string, yes: boolean): Promise<void> {
    const object: Full = { apiVersion: "v1", kind: "Node", metadata: { name: node }, spec: { unschedulable: !yes } };
    await this.apply(object);
  }

  /** Keeps new pods off a node that do not tolerate it, and takes those off that are there. */
  async taint(node: string): Promise<void> {
    const taints = [{ key: "strata.dev/test", value: "true", effect: "NoExecute" }];
    const object: Full = { apiVersion: "v1", kind: "Node", metadata: { name: node }, spec: { taints } };
    await this.apply(object);
  }

  /** @returns false when a budget allows no disruption now. */
  async evict(name: string, namespace: string): Promise<boolean> {
    try {
      await this.core.createNamespacedPodEviction({ name, namespace, body: { metadata: { name, namespace } } });
      return true;
    } catch (error) {
      if (this.mustWait(error)) return false;
      throw error;
    }
  }

  /** Does what the EBS CSI driver does: a volume in the zone of the node that the scheduler chose for the claim's pod. */
  private async provision(): Promise<void> {
    const { items } = await this.core.listPersistentVolumeClaimForAllNamespaces();
    for (const claim of items) {
      const node = claim.metadata?.annotations?.["volume.kubernetes.io/selected-node"];
      if (node !== undefined && claim.status?.phase === "Pending") await this.createVolume(claim, this.zones.get(node) ?? "");
    }
  }

  private async createVolume({ metadata, spec }: V1PersistentVolumeClaim, zone: string): Promise<void> {
    const name = `pv-${metadata?.uid}`;
    const claimRef = {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      namespace: metadata?.namespace,
      name: metadata?.name,
      uid: metadata?.uid,
    };
    const volume: Full = {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name },
      spec: {
        capacity: { storage: spec?.resources?.requests?.["storage"] },
        accessModes: spec?.accessModes,
        storageClassName: spec?.storageClassName,
        persistentVolumeReclaimPolicy: "Retain",
        claimRef,
        csi: { driver: "ebs.csi.eks.amazonaws.com", volumeHandle: name },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: ZONE, operator: "In", values: [zone] }] }] } },
      },
    };
    await this.apply(volume);
  }

  /** The pods that are not ready, each with what the scheduler or the API server says of it. */
  private async waiting(): Promise<string> {
    const { items: pods } = await this.core.listPodForAllNamespaces();
    const { items: events } = await this.core.listEventForAllNamespaces({ fieldSelector: "type=Warning" });
    return [
      ...pods
        .filter((pod) => !isReady(pod))
        .map(
          ({ metadata, status }) =>
            `${metadata?.namespace}/${metadata?.name}: ${status?.conditions?.map(({ message }) => message ?? "").join(" ")}`,
        ),
      ...events.slice(-10).map(({ involvedObject, message }) => `${involvedObject.kind} ${involvedObject.name}: ${message}`),
    ].join("\n");
  }
}

function isReady({ status }: V1Pod): boolean {
  return holds(status?.conditions, "Ready");
}

function holds(conditions: readonly { readonly type: string; readonly status: string }[] | undefined, wanted: string): boolean {
  return conditions?.some(({ type, status }) => type === wanted && status === "True") ?? false;
}
