import type { Finding } from "../finding";
import { isObject, isSecret, type Json, readAll, type Resource } from "../resource";
import { isLiteral, isSecretName } from "./texts";

/** Properties that hold a secret by what they are for; where a resource has one, it must be marked as secret. */
const SECRET_PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  "aws:rds/cluster:Cluster": ["masterPassword", "masterPasswordWo"],
  "aws:rds/instance:Instance": ["password", "passwordWo"],
  "aws:docdb/cluster:Cluster": ["masterPassword", "masterPasswordWo"],
  "aws:redshift/cluster:Cluster": ["masterPassword", "masterPasswordWo"],
  "aws:redshiftserverless/namespace:Namespace": ["adminUserPassword", "adminUserPasswordWo"],
  "aws:elasticache/replicationGroup:ReplicationGroup": ["authToken", "authTokenWo"],
  "aws:elasticache/user:User": ["passwords[*]", "authenticationMode.passwords[*]", "passwordsWo[*]"],
  "aws:memorydb/user:User": ["authenticationMode.passwords[*]"],
  "aws:mq/broker:Broker": ["users[*].password", "ldapServerMetadata.serviceAccountPassword"],
  "aws:opensearch/domain:Domain": ["advancedSecurityOptions.masterUserOptions.masterUserPassword"],
  "aws:secretsmanager/secretVersion:SecretVersion": ["secretString", "secretStringWo", "secretBinary"],
  "aws:ssm/parameter:Parameter": [],
  "aws:lb/listener:Listener": ["defaultActions[*].authenticateOidc.clientSecret"],
  "aws:lb/listenerRule:ListenerRule": ["actions[*].authenticateOidc.clientSecret"],
  "aws:dms/endpoint:Endpoint": ["password"],
  "aws:cognito/identityProvider:IdentityProvider": ["providerDetails.client_secret"],
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": [
    "httpEndpointConfiguration.accessKey",
    "redshiftConfiguration.password",
    "splunkConfiguration.hecToken",
    "snowflakeConfiguration.privateKey",
  ],
  "aws:cloudwatch/eventConnection:EventConnection": [
    "authParameters.apiKey.value",
    "authParameters.basic.password",
    "authParameters.oauth.clientParameters.clientSecret",
  ],
};

const SECRET_OBJECT = "kubernetes:core/v1:Secret";
const PARAMETER = "aws:ssm/parameter:Parameter";

/** What was looked at and what was found in it; undefined where there is nothing to look at. */
export type Looked = readonly Finding[] | undefined;

/** Properties of the resource that must be marked as secret. */
export function secretProperties(resource: Resource): Looked {
  const paths = [...(SECRET_PROPERTIES[resource.type] ?? []), ...named(resource)];
  const found = paths.flatMap((path) => readAll(resource, path).map((reading) => ({ path, reading })));
  if (found.length === 0) return undefined;
  return found.flatMap(({ path, reading }): Finding[] => {
    if (reading.state === "known") return isEmpty(reading.value) ? [] : [{ what: `${path} is not marked as secret`, property: path }];
    return isSecret(reading) ? [] : [{ what: `whether ${path} is marked as secret is not known yet`, property: path, unknown: true }];
  });
}

function isEmpty(value: Json): boolean {
  return value === "" || (Array.isArray(value) && value.length === 0);
}

/** Own properties that are named like a secret, of types whose secrets are not listed, and what only holds one in some cases. */
function named({ type, inputs }: Resource): string[] {
  if (type === SECRET_OBJECT) return ["data", "stringData"].flatMap((bag) => keysIn(bag, inputs[bag]));
  if (type === PARAMETER) return inputs["type"] === "SecureString" ? ["value", "valueWo"] : [];
  if (type in SECRET_PROPERTIES || !/^(aws|kubernetes):/.test(type)) return [];
  return Object.entries(inputs).flatMap(([key, value]) =>
    typeof value === "string" && isSecretName(key) && isLiteral(value) ? [key] : [],
  );
}

/** The path of each value of an object; of the object itself when nobody can see into it. */
function keysIn(bag: string, value: Json | undefined): string[] {
  return isObject(value) ? Object.keys(value).map((key) => `${bag}["${key}"]`) : [bag];
}
