import { arn, autoName, hex, type Place, uuid } from "./identifiers";
import { named, namedArn, type Simulate, text } from "./shapes";

// A stream's label is the moment it was made; the plan has no clock.
const STREAM_LABEL = "2026-01-01T00:00:00.000";

const table: Simulate = (inputs, place) => {
  const name = named(inputs, place);
  const id = arn(place, "dynamodb", `table/${name}`);
  return {
    id: name,
    outputs: {
      name,
      arn: id,
      ...(inputs["streamEnabled"] === true && { streamArn: `${id}/stream/${STREAM_LABEL}`, streamLabel: STREAM_LABEL }),
    },
  };
};

/** The secret that Redshift makes for its administrator. */
function adminSecret(place: Place, name: string): string {
  return arn(place, "secretsmanager", `secret:redshift!${name}-strata-${hex(place, 6, "secret")}`);
}

const namespace: Simulate = (inputs, place) => {
  const name = text(inputs["namespaceName"], autoName(place));
  const id = uuid(place);
  return {
    id: name,
    outputs: {
      namespaceId: id,
      arn: arn(place, "redshift-serverless", `namespace/${id}`),
      ...(inputs["manageAdminPassword"] === true && { adminPasswordSecretArn: adminSecret(place, name) }),
    },
  };
};

const workgroup: Simulate = (inputs, place) => {
  const name = text(inputs["workgroupName"], autoName(place));
  const id = uuid(place);
  return {
    id: name,
    outputs: {
      workgroupId: id,
      arn: arn(place, "redshift-serverless", `workgroup/${id}`),
      endpoints: [
        {
          address: `${name}.${place.accountId}.${place.region}.redshift-serverless.amazonaws.com`,
          port: inputs["port"] ?? 5439,
          vpcEndpoints: [],
        },
      ],
    },
  };
};

const cluster: Simulate = (inputs, place) => {
  const name = text(inputs["clusterIdentifier"], autoName(place));
  const dnsName = `${name}.${hex(place, 12)}.${place.region}.redshift.amazonaws.com`;
  return {
    id: name,
    outputs: {
      arn: arn(place, "redshift", `cluster:${name}`),
      clusterNamespaceArn: arn(place, "redshift", `namespace:${uuid(place)}`),
      dnsName,
      endpoint: `${dnsName}:${String(inputs["port"] ?? 5439)}`,
      ...(inputs["manageMasterPassword"] === true && { masterPasswordSecretArn: adminSecret(place, name) }),
    },
  };
};

const usageLimit: Simulate = (_, place) => {
  const id = uuid(place);
  return { id, outputs: { arn: arn(place, "redshift", `usagelimit:${id}`) } };
};

const ofCluster: Simulate = (inputs, place) => ({ id: text(inputs["clusterIdentifier"], place.name), outputs: {} });

const ofVault: Simulate = (inputs, place) => {
  const name = text(inputs["backupVaultName"], place.name);
  return { id: name, outputs: { backupVaultArn: arn(place, "backup", `backup-vault:${name}`) } };
};

const plan: Simulate = (inputs, place) => {
  const id = uuid(place);
  return {
    id,
    outputs: {
      name: named(inputs, place),
      arn: arn(place, "backup", `backup-plan:${id}`),
      version: hex(place, 48),
    },
  };
};

const policy: Simulate = (inputs, place) => {
  const name = named(inputs, place);
  const id = `arn:aws:iam::${place.accountId}:policy/${name}`;
  return { id, outputs: { name, arn: id, policyId: `ANPA${hex(place, 17).toUpperCase()}` } };
};

/** DynamoDB, Redshift and AWS Backup, by type token. */
export const DATA_RESOURCES: Readonly<Record<string, Simulate>> = {
  "aws:backup/plan:Plan": plan,
  "aws:backup/selection:Selection": (inputs, place) => ({ id: uuid(place), outputs: { name: named(inputs, place) } }),
  "aws:backup/vault:Vault": namedArn(
    "backup",
    (name) => `backup-vault:${name}`,
    () => ({ recoveryPoints: 0 }),
  ),
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration": ofVault,
  "aws:backup/vaultPolicy:VaultPolicy": ofVault,
  "aws:dynamodb/table:Table": table,
  "aws:iam/policy:Policy": policy,
  "aws:redshift/cluster:Cluster": cluster,
  "aws:redshift/logging:Logging": ofCluster,
  "aws:redshift/parameterGroup:ParameterGroup": namedArn("redshift", (name) => `parametergroup:${name}`),
  "aws:redshift/snapshotCopy:SnapshotCopy": ofCluster,
  "aws:redshift/snapshotCopyGrant:SnapshotCopyGrant": (inputs, place) => {
    const name = text(inputs["snapshotCopyGrantName"], place.name);
    return { id: name, outputs: { arn: arn(place, "redshift", `snapshotcopygrant:${name}`) } };
  },
  "aws:redshift/subnetGroup:SubnetGroup": namedArn("redshift", (name) => `subnetgroup:${name}`),
  "aws:redshift/usageLimit:UsageLimit": usageLimit,
  "aws:redshiftserverless/namespace:Namespace": namespace,
  "aws:redshiftserverless/usageLimit:UsageLimit": (_, place) => {
    const id = uuid(place);
    return { id, outputs: { arn: arn(place, "redshift-serverless", `usagelimit/${id}`) } };
  },
  "aws:redshiftserverless/workgroup:Workgroup": workgroup,
};
