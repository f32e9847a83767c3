import assert from "node:assert/strict";
import { EksCluster } from "../../../components/compute/eks-cluster";
import { ConfigError } from "../../../components/faults";
import { type PlannedResource, type Properties } from "../../../plan/graph";
import { manifests, type Manifest } from "../../../plan/manifests";
import { only } from "../../harness";
import { catalogued, cataloguedTenants, type ClusterSetting, described, recordOnCluster, STORE_PORT, type Tenant } from "./on-cluster";

const ofType = (resources: readonly PlannedResource[], type: string) => resources.filter((resource) => resource.type === type);

function find(objects: readonly Manifest[], kind: string, name: string): Manifest {
  const [object] = objects.filter(({ kind: other, metadata }) => other === kind && metadata.name === name);
  assert.ok(object, `no ${kind} ${name}`);
  return object;
}

/** As much of a workload as the tests look at. */
interface Workload {
  readonly template: { readonly metadata: { readonly labels: Properties }; readonly spec: Pod };
  readonly replicas: number;
  readonly strategy?: Properties;
  readonly volumeClaimTemplates?: readonly { readonly spec: Properties }[];
}
interface Pod extends Properties {
  containers: (Properties & { securityContext: Properties; env: { name: string; value: string }[] })[];
}

const workload = (object: Manifest): Workload => object["spec"] as never;
const container = (object: Manifest) => {
  const [first] = workload(object).template.spec.containers;
  assert.ok(first);
  return first;
};
const service = (name: string, more: Record<string, unknown> = {}): Tenant => ({ descriptor: described(name, more), target: "eks" });

describe("a service on Kubernetes", () => {
  let resources: PlannedResource[];
  let objects: Manifest[];
  before(async () => {
    resources = await recordOnCluster(cataloguedTenants(), { durable: true });
    objects = manifests(resources);
  });

  it("has pods that run as nobody, may do nothing, and write to scratch directories only", () => {
    for (const kind of ["chat-gateway", "sessions"]) {
      const object = find(objects, "Deployment", kind);
      assert.deepEqual(container(object).securityContext, {
        allowPrivilegeEscalation: false,
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ["ALL"] },
      });
      const { volumes, automountServiceAccountToken } = workload(object).template.spec;
      assert.equal(automountServiceAccountToken, false);
      for (const volume of volumes as Properties[]) assert.deepEqual(Object.keys(volume).sort(), ["emptyDir", "name"]);
    }
  });

  it("has its own namespace, account and role", () => {
    const association = only(resources, "aws:eks/podIdentityAssociation:PodIdentityAssociation", "sessions").inputs;
    assert.equal(association["namespace"], "svc-sessions");
    assert.equal(association["serviceAccount"], "sessions");
    assert.equal(association["roleArn"], only(resources, "aws:iam/role:Role", "sessions").outputs["arn"]);
    assert.equal(new Set(objects.filter(({ kind }) => kind === "Namespace").map(({ metadata }) => metadata.name)).size, 3);
  });

  it("has pods in its own security group, so a store lets in the service and no other pod of the cluster", () => {
    const policy = only(resources, "kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy", "sessions").inputs["spec"];
    const group = only(resources, "aws:ec2/securityGroup:SecurityGroup", "sessions").outputs["id"];
    assert.deepEqual(policy, { podSelector: {}, securityGroups: { groupIds: [group] } });
    const rule = only(
      resources,
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      `sessions-store-0-from-sessions-${STORE_PORT}`,
    );
    assert.equal(rule.inputs["referencedSecurityGroupId"], group);
  });

  it("waits for its role, its group and its stores before its first pod", () => {
    const { dependencies } = only(resources, "kubernetes:apps/v1:Deployment", "sessions");
    for (const type of [
      "aws:eks/podIdentityAssociation:PodIdentityAssociation",
      "kubernetes:vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "kubernetes:karpenter.sh/v1:NodePool",
    ])
      assert.ok(
        dependencies.some((urn) => urn.includes(`$${type}::`) || urn.includes(`::${type}::`)),
        type,
      );
  });

  it("is reached by those that declare it, and reaches what it declares", () => {
    const rules = (name: string) => {
      const object = objects.find(
        ({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name === "declared" && metadata.namespace === `svc-${name}`,
      );
      return object?.spec as {
        ingress: { from: Properties[]; ports: Properties[] }[];
        egress: { to: Properties[]; ports: Properties[] }[];
      };
    };
    const gateway = { matchLabels: { "kubernetes.io/metadata.name": "svc-chat-gateway" } };
    const { ingress } = rules("sessions");
    assert.deepEqual(ingress, [
      {
        from: [{ namespaceSelector: gateway, podSelector: { matchLabels: { "app.kubernetes.io/name": "chat-gateway" } } }],
        ports: [{ protocol: "TCP", port: 8080 }],
      },
    ]);
    assert.deepEqual(rules("legacy-erp").ingress, []);
    const stores = rules("chat-gateway").egress.find(({ ports }) => ports.some(({ port }) => port === STORE_PORT + 1));
    assert.deepEqual(stores?.to, [{ ipBlock: { cidr: "10.20.0.0/16" } }]);
    assert.ok(
      !rules("chat-gateway").egress.some(({ to }) => JSON.stringify(to).includes("0.0.0.0/0")),
      "it declares nothing on the internet",
    );
    for (const name of ["chat-gateway", "sessions", "legacy-erp"])
      assert.ok(
        objects.some(
          ({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name === "deny-all" && metadata.namespace === `svc-${name}`,
        ),
      );
  });

  it("is called by its name in the cluster", () => {
    const { env } = container(find(objects, "Deployment", "chat-gateway"));
    const url = env.find(({ name }) => name === "SESSIONS_URL");
    assert.equal(url?.value, "http://sessions.svc-sessions.svc.cluster.local:8080");
  });

  it("gets TCP from the internet on each of its ports through a load balancer that the stack made", () => {
    const balancer = only(resources, "aws:lb/loadBalancer:LoadBalancer", "chat-gateway").inputs;
    assert.equal(balancer["loadBalancerType"], "network");
    const listeners = ofType(resources, "aws:lb/listener:Listener").filter(({ name }) => name.startsWith("chat-gateway"));
    assert.deepEqual(listeners.map(({ inputs }) => inputs["port"]).sort(), [1883, 9001]);
    for (const port of ["mqtt", "websocket"]) {
      const group = only(resources, "aws:lb/targetGroup:TargetGroup", `chat-gateway-${port}`);
      assert.ok("eks:eks-cluster-name" in (group.inputs["tags"] as Properties), "Auto Mode could not register pods");
      const binding = only(resources, "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding", `chat-gateway-${port}`).inputs["spec"];
      assert.equal((binding as Properties)["targetGroupARN"], group.outputs["arn"]);
    }
    const open = ofType(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").filter(
      ({ inputs }) => inputs["cidrIpv4"] === "0.0.0.0/0",
    );
    assert.deepEqual(open.map(({ inputs }) => inputs["toPort"]).sort(), [1883, 9001], "nothing else is open to the internet");
  });

  it("takes TLS on each of its ports under a name of its own, and logs it, where the environment has a domain", async () => {
    const gateway = { descriptor: catalogued("chat-gateway"), target: "eks" } as const;
    const domain = { name: "shop.example.com", hostedZoneId: "Z0123456789EXAMPLE" };
    const planned = await recordOnCluster([gateway], { place: { tls: { domain, logDays: 30 } } });
    for (const { inputs } of ofType(planned, "aws:lb/listener:Listener")) {
      assert.equal(inputs["protocol"], "TLS");
      assert.ok(inputs["certificateArn"] && inputs["sslPolicy"]);
    }
    for (const { inputs } of ofType(planned, "aws:lb/targetGroup:TargetGroup")) assert.equal(inputs["protocol"], "TCP", "pods end no TLS");
    assert.equal(only(planned, "aws:acm/certificate:Certificate").inputs["domainName"], "chat-gateway.shop.example.com");
    const [name] = ofType(planned, "aws:route53/record:Record").filter(({ inputs }) => inputs["type"] === "A");
    assert.equal(name?.inputs["name"], "chat-gateway.shop.example.com");
    const logs = only(planned, "aws:lb/loadBalancer:LoadBalancer").inputs["accessLogs"] as Properties;
    assert.equal(logs["enabled"], true);
    assert.equal(logs["bucket"], only(planned, "aws:s3/bucket:Bucket", "chat-gateway-logs").outputs["bucket"]);
  });

  it("gets HTTP from the internet through the one load balancer there is", async () => {
    const planned = await recordOnCluster([service("shop", { reach: { http: "/shop", from: "internet" } })]);
    const balancer = only(planned, "aws:lb/loadBalancer:LoadBalancer");
    assert.equal(balancer.name, "public");
    const group = only(planned, "aws:lb/targetGroup:TargetGroup", "shop");
    const binding = only(planned, "kubernetes:eks.amazonaws.com/v1:TargetGroupBinding").inputs["spec"] as Properties;
    assert.deepEqual([binding["targetGroupARN"], binding["serviceRef"]], [group.outputs["arn"], { name: "shop", port: 8080 }]);
    assert.deepEqual(only(planned, "aws:lb/listenerRule:ListenerRule").inputs["priority"], 1);
  });

  it("keeps the disk of a legacy workload, marked with its reason, and refuses one that is not marked", async () => {
    const object = find(objects, "StatefulSet", "legacy-erp");
    assert.equal(
      object.metadata["annotations"] && (object.metadata["annotations"] as Properties)["strata.dev/legacy-because"],
      catalogued("legacy-erp").legacy?.because,
    );
    assert.equal(workload(object).template.metadata.labels["strata.dev/legacy"], "true");
    assert.equal(workload(object).replicas, 1);
    assert.deepEqual(
      workload(object).volumeClaimTemplates?.map(({ spec }) => spec),
      [{ accessModes: ["ReadWriteOncePod"], storageClassName: "gp3", resources: { requests: { storage: "204800Mi" } } }],
    );
    assert.equal(only(resources, "kubernetes:apps/v1:StatefulSet").protect, true);
    await assert.rejects(recordOnCluster([{ descriptor: described("orders"), target: "eks-stateful" }]), ConfigError);
  });

  it("adds pods when their CPU is busy, and leaves their number to the autoscaler", async () => {
    const place: ClusterSetting["place"] = { sizing: () => ({ cpu: 0.5, memory: 512, minimumCopies: 2, maximumCopies: 8 }) };
    const planned = manifests(await recordOnCluster([service("shop")], { place }));
    assert.deepEqual((find(planned, "HorizontalPodAutoscaler", "shop").spec as Properties)["maxReplicas"], 8);
    assert.ok(!objects.some(({ kind }) => kind === "HorizontalPodAutoscaler"), "three copies at least and at most need none");
    assert.deepEqual(workload(find(planned, "Deployment", "shop")).strategy, {
      type: "RollingUpdate",
      rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 },
    });
  });

  it("spreads over zones, and a service that others want to be beside over as many hosts as it can", () => {
    const spread = (name: string) =>
      (workload(find(objects, "Deployment", name)).template.spec["topologySpreadConstraints"] as Properties[]).map(
        ({ topologyKey, whenUnsatisfiable }) => [topologyKey, whenUnsatisfiable],
      );
    assert.deepEqual(spread("sessions"), [
      ["topology.kubernetes.io/zone", "DoNotSchedule"],
      ["kubernetes.io/hostname", "DoNotSchedule"],
    ]);
    // It takes the zones of sessions, and hosts of its own by another rule.
    assert.deepEqual(spread("chat-gateway"), [
      ["topology.kubernetes.io/zone", "ScheduleAnyway"],
      ["kubernetes.io/hostname", "ScheduleAnyway"],
    ]);
  });

  it("keeps a rule about hosts that only the other side declares", async () => {
    const planned = manifests(await recordOnCluster([service("quiet"), service("noisy", { apart: ["quiet"] })]));
    for (const [name, other] of [
      ["quiet", "noisy"],
      ["noisy", "quiet"],
    ] as const)
      assert.match(
        JSON.stringify(workload(find(planned, "Deployment", name)).template.spec["affinity"]),
        new RegExp(`podAntiAffinity.*svc-${other}`),
      );
  });
});

describe("a service on an adopted cluster", () => {
  const kubeconfig = JSON.stringify({
    kind: "Config",
    clusters: [{ name: "c", cluster: { server: "https://kube.example.com" } }],
    users: [{ name: "u", user: { token: "hunter2" } }],
    contexts: [{ name: "x", context: { cluster: "c", user: "u" } }],
    "current-context": "x",
  });
  const adopted = (text: string): ClusterSetting => ({
    adopt: (parent) => EksCluster.adopt("frankfurt", { kubeconfig: text, key: "strata:kubernetes" }, { parent }),
  });

  it("is the same objects without AWS, and a Service that the cluster's own load balancer serves", async () => {
    const planned = await recordOnCluster([{ descriptor: catalogued("chat-gateway"), target: "eks" }], adopted(kubeconfig));
    const objects = manifests(planned);
    assert.deepEqual([...new Set(objects.map(({ kind }) => kind))].sort(), [
      "Deployment",
      "Namespace",
      "NetworkPolicy",
      "PodDisruptionBudget",
      "Service",
      "ServiceAccount",
    ]);
    const { spec } = find(objects, "Service", "chat-gateway") as { spec: Properties };
    assert.equal(spec["type"], "LoadBalancer");
    assert.equal((spec["ports"] as Properties[]).length, 2);
    assert.ok(!planned.some(({ type }) => type.startsWith("aws:eks/") || type.startsWith("aws:lb/")));
    assert.ok(
      planned.every(({ deletedWith }) => deletedWith === undefined),
      "the cluster outlives the stack",
    );
  });

  it("keeps the kubeconfig a secret", async () => {
    const planned = await recordOnCluster([service("shop")], adopted(kubeconfig));
    assert.doesNotMatch(JSON.stringify(planned), /hunter2/);
  });

  it("is refused with a clear error when the kubeconfig does not parse", async () => {
    await assert.rejects(recordOnCluster([service("shop")], adopted("{ not: [yaml")), (error: unknown) => {
      assert.ok(error instanceof ConfigError);
      return /^strata:kubernetes: does not parse as YAML/.test(error.message);
    });
  });
});
