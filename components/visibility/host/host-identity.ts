import type * as pulumi from "@pulumi/pulumi";
import { type Statement } from "../../iam";
import { type Network } from "../../network/network";
import { readStoreSecret } from "../../persistence/store-secret";

/** What a program calls AWS for. */
export interface AwsCalls {
  readonly statements?: readonly Statement[];
  readonly secretFiles?: Readonly<Record<string, pulumi.Input<string>>>;
  readonly internetReasons?: readonly string[];
  readonly internetPorts?: readonly number[];
}

/** Services that IAM knows by another name than VPC endpoints do; a key is used by the service that holds what it encrypted. */
const ENDPOINT_OF: Readonly<Record<string, string | undefined>> = { cloudwatch: "monitoring", kms: undefined };
const HTTPS = 443;
/** Services reached through a route: their addresses are public ones, though nothing leaves AWS. */
const GATEWAYS: readonly string[] = ["s3", "dynamodb"];

function services(statements: readonly Statement[]): string[] {
  const actions = statements.filter(({ Effect }) => Effect === "Allow").flatMap(({ Action }) => Action);
  const prefixes = new Set(actions.map((action) => action.split(":")[0] ?? ""));
  return [...prefixes].flatMap((prefix) => (prefix in ENDPOINT_OF ? (ENDPOINT_OF[prefix] ?? []) : prefix));
}

/** Lets whoever starts a program read its secrets and no others. */
export function secretStatements({ secretFiles = {} }: Pick<AwsCalls, "secretFiles">, secretKeyArn: pulumi.Input<string>): Statement[] {
  const arns = Object.values(secretFiles);
  return arns.length > 0 ? readStoreSecret({ secretArn: arns, keyArn: secretKeyArn }) : [];
}

/** Everything that the role of a program may do: its own statements, and to read its secrets. */
export function roleStatements(calls: AwsCalls, secretKeyArn: pulumi.Input<string>): Statement[] {
  return [...(calls.statements ?? []), ...secretStatements(calls, secretKeyArn)];
}

/** Why a program opens HTTPS connections to the internet: its own reasons, and the AWS services it calls that have no endpoint in the VPC. */
export function httpsReasons({ internetReasons = [] }: AwsCalls, statements: readonly Statement[], network: Network): string[] {
  const missing = services(statements).filter((service) => !network.privateServices.has(service));
  return [...internetReasons, ...(missing.length > 0 ? [`no endpoint for ${missing.join(", ")}`] : [])];
}

/** Ports of these connections: those that its own reasons are for, and HTTPS for whatever else there is a reason. */
export function outwardPorts({ internetReasons = [], internetPorts = [HTTPS] }: AwsCalls, reasons: readonly string[]): number[] {
  const own = internetReasons.length > 0 ? internetPorts : [];
  return [...new Set([...own, ...(reasons.length > internetReasons.length ? [HTTPS] : [])])];
}

/** Whether a program reaches a service by a gateway endpoint, which a rule on addresses can't tell from the internet. */
export function usesGateway(statements: readonly Statement[]): boolean {
  return services(statements).some((service) => GATEWAYS.includes(service));
}
