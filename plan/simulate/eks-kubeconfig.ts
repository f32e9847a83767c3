import type { Json, Properties } from "../graph";
import type { RegisteredChild } from "./expansion";
import { at, derive, type Input, outputOf, type Sourced } from "./sourced";

const EXEC_API = "client.authentication.k8s.io/v1beta1";

/** Whose credentials a kubeconfig uses, when not those of the environment. */
export interface Credentials {
  readonly roleArn?: Input;
  readonly profileName?: Input;
}

/**
 * The kubeconfig of a cluster, which gets its tokens from `aws eks get-token`.
 * Unknown as long as the cluster's name, endpoint, certificate or ARN is.
 */
export function kubeconfig(cluster: RegisteredChild, credentials: Credentials): Sourced {
  const parts = [
    outputOf(cluster, "name"),
    outputOf(cluster, "endpoint"),
    at(outputOf(cluster, "certificateAuthority"), "data"),
    outputOf(cluster, "arn"),
    credentials.roleArn,
    credentials.profileName,
  ];
  return derive(parts, ([name, endpoint, certificate, arn, roleArn, profileName]) => {
    const options = [...(roleArn ? ["--role", roleArn] : []), ...(profileName ? ["--profile", profileName] : [])];
    const token = ["--region", regionOf(arn), "eks", "get-token", "--cluster-name", name ?? "", "--output", "json", ...options];
    return render(endpoint ?? "", certificate ?? "", token);
  });
}

function render(server: Json, certificate: Json, token: Json[]): Properties {
  const env = [{ name: "KUBERNETES_EXEC_INFO", value: `{"apiVersion": "${EXEC_API}"}` }];
  return {
    apiVersion: "v1",
    clusters: [{ cluster: { server, "certificate-authority-data": certificate }, name: "kubernetes" }],
    contexts: [{ context: { cluster: "kubernetes", user: "aws" }, name: "aws" }],
    "current-context": "aws",
    kind: "Config",
    users: [{ name: "aws", user: { exec: { apiVersion: EXEC_API, command: "aws", args: token, env } } }],
  };
}

/** The region of a cluster's ARN, its fourth part. */
function regionOf(arn: Json | undefined): string {
  return String(arn).split(":")[3] ?? "";
}
