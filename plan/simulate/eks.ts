import { type Properties } from "../graph";
import { arn, autoName, hex, uuid } from "./identifiers";
import { type Simulate, text } from "./shapes";

function properties(value: unknown): Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Properties) : {};
}

/** Certificates are unknown to a plan; this one has the shape of one, so that a kubeconfig can be written and read. */
function certificate(name: string): string {
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`).toString("base64");
}

const cluster: Simulate = (inputs, place) => {
  const name = text(inputs["name"], autoName(place));
  const id = hex(place, 32).toUpperCase();
  const issuer = `https://oidc.eks.${place.region}.amazonaws.com/id/${id}`;
  return {
    id: name,
    outputs: {
      name,
      arn: arn(place, "eks", `cluster/${name}`),
      endpoint: `https://${id}.gr7.${place.region}.eks.amazonaws.com`,
      certificateAuthority: { data: certificate(name) },
      identities: [{ oidcs: [{ issuer }] }],
      platformVersion: "eks.1",
      status: "ACTIVE",
      vpcConfig: { ...properties(inputs["vpcConfig"]), clusterSecurityGroupId: `sg-0${hex(place, 16, "cluster")}` },
      kubernetesNetworkConfig: { ipFamily: "ipv4", ...properties(inputs["kubernetesNetworkConfig"]) },
    },
  };
};

const nodeGroup: Simulate = (inputs, place) => {
  const clusterName = text(inputs["clusterName"], "cluster");
  const name = text(inputs["nodeGroupName"], autoName(place));
  return {
    id: `${clusterName}:${name}`,
    outputs: {
      nodeGroupName: name,
      arn: arn(place, "eks", `nodegroup/${clusterName}/${name}/${uuid(place)}`),
      resources: [{ autoscalingGroups: [{ name: `eks-${name}-${uuid(place)}` }], remoteAccessSecurityGroupId: "" }],
      status: "ACTIVE",
    },
  };
};

/** Resources of Amazon EKS the simulation knows, by type token. */
export const EKS_RESOURCES: Readonly<Record<string, Simulate>> = {
  "aws:eks/accessEntry:AccessEntry": (inputs, place) => ({
    id: `${text(inputs["clusterName"], "cluster")}:${text(inputs["principalArn"], place.name)}`,
    outputs: { accessEntryArn: arn(place, "eks", `access-entry/${text(inputs["clusterName"], "cluster")}/${uuid(place)}`) },
  }),
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": (inputs, place) => ({
    id: [inputs["clusterName"], inputs["principalArn"], inputs["policyArn"]].map((part) => text(part, place.name)).join("#"),
    outputs: {},
  }),
  "aws:eks/addon:Addon": (inputs, place) => {
    const clusterName = text(inputs["clusterName"], "cluster");
    const addon = text(inputs["addonName"], place.name);
    return { id: `${clusterName}:${addon}`, outputs: { arn: arn(place, "eks", `addon/${clusterName}/${addon}/${uuid(place)}`) } };
  },
  "aws:eks/cluster:Cluster": cluster,
  "aws:eks/nodeGroup:NodeGroup": nodeGroup,
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": (inputs, place) => {
    const associationId = `a-${hex(place, 17)}`;
    const name = text(inputs["clusterName"], "cluster");
    return {
      id: associationId,
      outputs: { associationId, associationArn: arn(place, "eks", `podidentityassociation/${name}/${associationId}`) },
    };
  },
};
