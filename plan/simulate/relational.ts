import { arn, autoName, hex, uuid } from "./identifiers";
import { named, namedArn, type Simulate, text } from "./shapes";

const PORTS: Readonly<Record<string, number>> = { postgres: 5432, mysql: 3306, mariadb: 3306, "oracle-se2": 1521 };
const SQL_SERVER_PORT = 1433;

const instance: Simulate = (inputs, place) => {
  const identifier = text(inputs["identifier"], autoName(place));
  const address = `${identifier}.${hex(place, 12)}.${place.region}.rds.amazonaws.com`;
  const port = inputs["port"] ?? PORTS[text(inputs["engine"], "")] ?? SQL_SERVER_PORT;
  const resourceId = `db-${hex(place, 26).toUpperCase()}`;
  return {
    id: resourceId,
    outputs: {
      identifier,
      arn: arn(place, "rds", `db:${identifier}`),
      address,
      endpoint: `${address}:${JSON.stringify(port)}`,
      port,
      resourceId,
      hostedZoneId: `Z${hex(place, 13).toUpperCase()}`,
      engineVersionActual: inputs["engineVersion"] ?? null,
      status: "available",
      ...(inputs["manageMasterUserPassword"] === true && {
        masterUserSecrets: [
          {
            kmsKeyId: inputs["masterUserSecretKmsKeyId"] ?? null,
            secretArn: arn(place, "secretsmanager", `secret:rds!db-${uuid(place)}-${hex(place, 6, "secret")}`),
            secretStatus: "active",
          },
        ],
      }),
    },
  };
};

const proxy: Simulate = (inputs, place) => {
  const name = named(inputs, place);
  return {
    id: name,
    outputs: {
      name,
      arn: arn(place, "rds", `db-proxy:prx-0${hex(place, 16)}`),
      endpoint: `${name}.proxy-${hex(place, 12)}.${place.region}.rds.amazonaws.com`,
    },
  };
};

/** What the provider answers: the function's result as JSON text. */
const invocation: Simulate = (inputs, place) => ({
  id: `${text(inputs["functionName"], place.name)}_${text(inputs["qualifier"], "$LATEST")}_${hex(place, 32)}`,
  outputs: { result: JSON.stringify({ changed: [] }) },
});

/** Databases of RDS and who signs in to them, by type token. */
export const RELATIONAL_RESOURCES: Readonly<Record<string, Simulate>> = {
  "aws:lambda/invocation:Invocation": invocation,
  "aws:rds/globalCluster:GlobalCluster": (inputs, place) => {
    const id = text(inputs["globalClusterIdentifier"], place.name);
    return {
      id,
      outputs: { arn: `arn:aws:rds::${place.accountId}:global-cluster:${id}`, globalClusterResourceId: `cluster-${hex(place, 16)}` },
    };
  },
  "aws:rds/instance:Instance": instance,
  "aws:rds/optionGroup:OptionGroup": namedArn("rds", (name) => `og:${name}`),
  "aws:rds/parameterGroup:ParameterGroup": namedArn("rds", (name) => `pg:${name}`),
  "aws:rds/proxy:Proxy": proxy,
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup": (inputs, place) => ({
    id: text(inputs["dbProxyName"], place.name),
    outputs: { name: "default", arn: arn(place, "rds", `target-group:prx-tg-0${hex(place, 16)}`) },
  }),
  "aws:rds/proxyTarget:ProxyTarget": (inputs, place) => {
    const server = text(inputs["dbClusterIdentifier"] ?? inputs["dbInstanceIdentifier"], place.name);
    const kind = inputs["dbClusterIdentifier"] === undefined ? "RDS_INSTANCE" : "TRACKED_CLUSTER";
    return {
      id: `${text(inputs["dbProxyName"], place.name)}/${text(inputs["targetGroupName"], "default")}/${kind}/${server}`,
      outputs: { rdsResourceId: server, type: kind },
    };
  },
  "aws:secretsmanager/secretRotation:SecretRotation": (inputs, place) => ({
    id: text(inputs["secretId"], place.name),
    outputs: { rotationEnabled: true },
  }),
};
