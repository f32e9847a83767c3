"use strict";
const { Stack } = require("aws-cdk-lib");
const ec2 = require("aws-cdk-lib/aws-ec2");
const eks = require("aws-cdk-lib/aws-eks");
const { KubectlV34Layer } = require("@aws-cdk/lambda-layer-kubectl-v34");

/** Services that run on Kubernetes: image, port, MiB. */
const SERVICES = {
  "chat-gateway": { image: "public.ecr.aws/docker/library/eclipse-mosquitto:2.0", port: 1883, memory: 512 },
  sessions: { image: "public.ecr.aws/nginx/nginx-unprivileged:1.27", port: 8080, memory: 256 },
  "legacy-erp": { image: "public.ecr.aws/docker/library/tomcat:10.1", port: 8080, memory: 4096 },
};

/** EKS with managed nodes, and the objects of the services that run there. */
class KubernetesStack extends Stack {
  constructor(scope, id, { vpc, ...props }) {
    super(scope, id, props);
    this.cluster = new eks.Cluster(this, "Cluster", {
      vpc,
      version: eks.KubernetesVersion.of("1.34"),
      kubectlLayer: new KubectlV34Layer(this, "Kubectl"),
      defaultCapacity: 0,
      endpointAccess: eks.EndpointAccess.PRIVATE,
      clusterLogging: Object.values(eks.ClusterLoggingTypes),
    });
    this.cluster.addNodegroupCapacity("Nodes", {
      instanceTypes: [new ec2.InstanceType("m7g.large")],
      amiType: eks.NodegroupAmiType.AL2023_ARM_64_STANDARD,
      minSize: 3,
      maxSize: 30,
    });
    for (const [name, shape] of Object.entries(SERVICES)) this.createService(name, shape);
  }

  createService(name, { image, port, memory }) {
    const metadata = { name, namespace: name, labels: { app: name } };
    const selector = { matchLabels: { app: name } };
    const namespace = this.cluster.addManifest(`${name}-namespace`, {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    });
    const account = this.cluster.addServiceAccount(`${name}-account`, { name, namespace: name });
    account.node.addDependency(namespace);
    const container = {
      name,
      image,
      ports: [{ containerPort: port }],
      resources: { requests: { cpu: "200m", memory: `${memory}Mi` }, limits: { memory: `${memory}Mi` } },
      readinessProbe: { tcpSocket: { port } },
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
    };
    const spread = { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "DoNotSchedule", labelSelector: selector };
    this.cluster
      .addManifest(
        name,
        {
          apiVersion: "apps/v1",
          kind: "Deployment",
          metadata,
          spec: {
            replicas: 3,
            selector,
            template: {
              metadata: { labels: { app: name } },
              spec: {
                serviceAccountName: name,
                securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
                topologySpreadConstraints: [spread],
                containers: [container],
              },
            },
          },
        },
        { apiVersion: "v1", kind: "Service", metadata, spec: { selector: { app: name }, ports: [{ port }] } },
        { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata, spec: { maxUnavailable: 1, selector } },
        {
          apiVersion: "autoscaling/v2",
          kind: "HorizontalPodAutoscaler",
          metadata,
          spec: {
            scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
            minReplicas: 3,
            maxReplicas: 30,
            metrics: [{ type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 60 } } }],
          },
        },
        {
          apiVersion: "networking.k8s.io/v1",
          kind: "NetworkPolicy",
          metadata,
          spec: { podSelector: selector, policyTypes: ["Ingress"], ingress: [{ ports: [{ port }] }] },
        },
      )
      .node.addDependency(account);
  }
}

module.exports = { KubernetesStack };
