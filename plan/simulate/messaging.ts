import { type Json } from "../graph";
import { arn, autoName, hex, uuid } from "./identifiers";
import { named, namedArn, sameAs, type Simulate, text } from "./shapes";

const IAM_PORT = 9098;

/** Host names of MSK's brokers: `b-1.name.abc123.c2.kafka.us-east-1.amazonaws.com`. */
const mskCluster: Simulate = (inputs, place) => {
  const name = text(inputs["clusterName"], autoName(place));
  const id = arn(place, "kafka", `cluster/${name}/${uuid(place)}-2`);
  const brokers = typeof inputs["numberOfBrokerNodes"] === "number" ? inputs["numberOfBrokerNodes"] : 1;
  const hosts = Array.from(
    { length: Math.min(3, brokers) },
    (_, index) => `b-${index + 1}.${name}.${hex(place, 6)}.c2.kafka.${place.region}.amazonaws.com:${IAM_PORT}`,
  );
  return {
    id,
    outputs: {
      clusterName: name,
      arn: id,
      clusterUuid: `${uuid(place)}-2`,
      bootstrapBrokersSaslIam: hosts.join(","),
      bootstrapBrokersSaslScram: "",
      bootstrapBrokersTls: "",
      currentVersion: hex(place, 13).toUpperCase(),
    },
  };
};

const mskServerless: Simulate = (inputs, place) => {
  const name = text(inputs["clusterName"], autoName(place));
  const id = arn(place, "kafka", `cluster/${name}/${uuid(place)}-s1`);
  return {
    id,
    outputs: {
      clusterName: name,
      arn: id,
      clusterUuid: `${uuid(place)}-s1`,
      bootstrapBrokersSaslIam: `boot-${hex(place, 8)}.c1.kafka-serverless.${place.region}.amazonaws.com:${IAM_PORT}`,
    },
  };
};

const mskTopic: Simulate = (inputs, place) => {
  const topic = text(inputs["name"], autoName(place));
  const cluster = text(inputs["clusterArn"], "cluster");
  return { id: `${cluster},${topic}`, outputs: { name: topic, arn: `${cluster.replace(":cluster/", ":topic/")}/${topic}` } };
};

const mskConfiguration: Simulate = (inputs, place) => {
  const name = named(inputs, place);
  const id = arn(place, "kafka", `configuration/${name}/${uuid(place)}-2`);
  return { id, outputs: { name, arn: id, latestRevision: 1 } };
};

/** Endpoints of one broker instance, in the order Amazon MQ lists them. */
function mqEndpoints(engine: Json | undefined, host: string): string[] {
  return engine === "RabbitMQ"
    ? [`amqps://${host}:5671`]
    : [`ssl://${host}:61617`, `amqp+ssl://${host}:5671`, `stomp+ssl://${host}:61614`, `mqtt+ssl://${host}:8883`, `wss://${host}:61619`];
}

const mqBroker: Simulate = (inputs, place) => {
  const name = text(inputs["brokerName"], autoName(place));
  const id = `b-${uuid(place)}`;
  const engine = inputs["engineType"];
  const host = (suffix: string) => `${id}${suffix}.mq.${place.region}.amazonaws.com`;
  // An active and a standby are two instances; a cluster of RabbitMQ has one address in front.
  const suffixes = engine === "RabbitMQ" ? [""] : inputs["deploymentMode"] === "ACTIVE_STANDBY_MULTI_AZ" ? ["-1", "-2"] : ["-1"];
  return {
    id,
    outputs: {
      brokerName: name,
      arn: arn(place, "mq", `broker:${name}:${id}`),
      instances: suffixes.map((suffix) => ({
        consoleUrl: `https://${host(suffix)}${engine === "RabbitMQ" ? "" : ":8162"}`,
        endpoints: mqEndpoints(engine, host(suffix)),
        ipAddress: "",
      })),
      pendingDataReplicationMode: "NONE",
    },
  };
};

const mqConfiguration: Simulate = (inputs, place) => {
  const id = `c-${uuid(place)}`;
  return { id, outputs: { name: named(inputs, place), arn: arn(place, "mq", `configuration:${id}`), latestRevision: 1 } };
};

const replicationGroup: Simulate = (inputs, place) => {
  const id = text(inputs["replicationGroupId"], autoName(place));
  const nodes = typeof inputs["numCacheClusters"] === "number" ? inputs["numCacheClusters"] : 1;
  const host = (role: string) =>
    `${role}.${id}.${hex(place, 6)}.${place.region.replace(/[a-z]*-/g, (part) => part.slice(0, 2))}.cache.amazonaws.com`;
  return {
    id,
    outputs: {
      replicationGroupId: id,
      arn: arn(place, "elasticache", `replicationgroup:${id}`),
      primaryEndpointAddress: host("master"),
      readerEndpointAddress: host("replica"),
      engineVersionActual: inputs["engineVersion"] ?? null,
      // A group without shards calls its nodes by its own id and a number.
      memberClusters: Array.from({ length: nodes }, (_, index) => `${id}-${String(index + 1).padStart(3, "0")}`),
    },
  };
};

const serverlessCache: Simulate = (inputs, place) => {
  const name = named(inputs, place);
  const address = `${name}-${hex(place, 6)}.serverless.cache.amazonaws.com`;
  return {
    id: name,
    outputs: {
      name,
      arn: arn(place, "elasticache", `serverlesscache:${name}`),
      endpoints: [{ address, port: 6379 }],
      readerEndpoints: [{ address, port: 6380 }],
      fullEngineVersion: text(inputs["majorEngineVersion"], ""),
    },
  };
};

const discoveryService: Simulate = (inputs, place) => {
  const id = `srv-${hex(place, 16)}`;
  return { id, outputs: { name: named(inputs, place), arn: arn(place, "servicediscovery", `service/${id}`) } };
};

/** Message buses, caches and their logins, by type token. */
export const MESSAGING_RESOURCES: Readonly<Record<string, Simulate>> = {
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": sameAs("policyName"),
  "aws:elasticache/replicationGroup:ReplicationGroup": replicationGroup,
  "aws:elasticache/serverlessCache:ServerlessCache": serverlessCache,
  "aws:elasticache/subnetGroup:SubnetGroup": namedArn("elasticache", (name) => `subnetgroup:${name}`),
  "aws:elasticache/user:User": (inputs, place) => {
    const id = text(inputs["userId"], autoName(place));
    return { id, outputs: { arn: arn(place, "elasticache", `user:${id}`) } };
  },
  "aws:elasticache/userGroup:UserGroup": (inputs, place) => {
    const id = text(inputs["userGroupId"], autoName(place));
    return { id, outputs: { arn: arn(place, "elasticache", `usergroup:${id}`) } };
  },
  "aws:elasticache/userGroupAssociation:UserGroupAssociation": (inputs) => ({
    id: `${text(inputs["userGroupId"], "group")},${text(inputs["userId"], "user")}`,
    outputs: {},
  }),
  "aws:mq/broker:Broker": mqBroker,
  "aws:mq/configuration:Configuration": mqConfiguration,
  "aws:msk/cluster:Cluster": mskCluster,
  "aws:msk/configuration:Configuration": mskConfiguration,
  "aws:msk/serverlessCluster:ServerlessCluster": mskServerless,
  "aws:msk/topic:Topic": mskTopic,
  "aws:secretsmanager/secretVersion:SecretVersion": (inputs, place) => {
    const version = uuid(place);
    const secret = text(inputs["secretId"], "secret");
    return { id: `${secret}|${version}`, outputs: { arn: secret, versionId: version } };
  },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": (inputs, place) => {
    const id = `ns-${hex(place, 16)}`;
    return {
      id,
      outputs: {
        name: named(inputs, place),
        arn: arn(place, "servicediscovery", `namespace/${id}`),
        hostedZone: `Z${hex(place, 20).toUpperCase()}`,
      },
    };
  },
  "aws:servicediscovery/service:Service": discoveryService,
  // A value in the shape of a password, made from the resource's name: a plan has no secrets.
  "random:index/randomPassword:RandomPassword": (inputs, place) => ({
    id: "none",
    outputs: { result: hex(place, typeof inputs["length"] === "number" ? Math.min(64, inputs["length"]) : 32), bcryptHash: "" },
  }),
};
