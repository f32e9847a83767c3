import { databaseNameOf, ENGINES, ORACLE_SERVICE, type RelationalKind, userNames } from "../../components/persistence/relational/engines";
import { RELATIONAL_KINDS } from "../../components/service/needs";
import { type StoreKind } from "../../components/service/store-kind";
import { type PlannedResource } from "../../plan/graph";
import { only, TEST_CONTEXT } from "../harness";
import { type Grant } from "./grants";
import { type Direction } from "./synthetic";

/** What a service that is bound to a store must get, said without asking the component that gives it. */
export interface Expected {
  /** Where it connects to: host and port of each address, as a client would read them from the variables. Empty for a store behind an API. */
  readonly addresses: readonly string[];
  /** Name that the store goes by in the reachability of a plan; absent for a store behind an API. */
  readonly endpoint?: string;
  /** What else is read from the variables, by a name of this test's own. */
  readonly values: Readonly<Record<string, string>>;
  readonly grants: readonly Grant[];
  /** ARN of the secret with the password; absent where there is none. */
  readonly secret?: string;
}

/** A store of a plan, as seen by one service. */
export interface Question {
  readonly resources: readonly PlannedResource[];
  readonly kind: StoreKind;
  readonly store: string;
  readonly service: string;
  readonly direction: Direction;
}

const { region, accountId } = TEST_CONTEXT;

function text(resource: PlannedResource, ...path: readonly (string | number)[]): string {
  let value: unknown = resource.outputs;
  for (const key of path) value = (value as Record<string | number, unknown>)[key];
  if (typeof value !== "string") throw new Error(`${resource.urn} has no ${path.join(".")}`);
  return value;
}

function each(actions: readonly string[], resource: string, condition?: Grant["condition"]): Grant[] {
  return actions.map((action) => ({ action, resource, ...(condition && { condition }) }));
}

function keyArn(resources: readonly PlannedResource[]): string {
  return text(only(resources, "aws:kms/key:Key", "persistence"), "arn");
}

/** Reading one secret and nothing else that its key keeps. */
function secretGrants({ resources }: Question, secret: string): Grant[] {
  return [
    ...each(["secretsmanager:GetSecretValue"], secret),
    ...each(["kms:Decrypt"], keyArn(resources), { "kms:EncryptionContext:SecretARN": secret }),
  ];
}

function secretOf({ resources }: Question, name: string): string {
  return text(only(resources, "aws:secretsmanager/secret:Secret", name), "arn");
}

function relational(question: Question): Expected {
  const { resources, store, service, direction } = question;
  const kind = question.kind as RelationalKind;
  const { port, iam } = ENGINES[kind];
  const endpoint = `${store}-db`;
  const aurora = kind.startsWith("aurora-");
  const server = only(resources, aurora ? "aws:rds/cluster:Cluster" : "aws:rds/instance:Instance", endpoint);
  const writer = text(server, aurora ? "endpoint" : "address");
  const reader = aurora ? text(server, "readerEndpoint") : writer;
  const secret = secretOf(question, `${endpoint}-${service}`);
  const user = `arn:aws:rds-db:${region}:${accountId}:dbuser:${text(server, aurora ? "clusterResourceId" : "resourceId")}`;
  return {
    addresses: [`${direction === "out" ? writer : reader}:${port}`],
    endpoint,
    values: {
      reader: `${reader}:${port}`,
      database: kind === "oracle" ? ORACLE_SERVICE : databaseNameOf(store),
      ...(kind === "oracle" && { schema: databaseNameOf(store) }),
      ...(iam && { user: userNames(service).iamUser }),
    },
    grants: [...secretGrants(question, secret), ...(iam ? each(["rds-db:connect"], `${user}/${userNames(service).iamUser}`) : [])],
    secret,
  };
}

const QUEUE_ACTIONS: Readonly<Record<Direction, readonly string[]>> = {
  in: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
  out: ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
};

function sqs({ resources, store, direction }: Question): Expected {
  const queue = only(resources, "aws:sqs/queue:Queue", `${store}-queue`);
  const key = direction === "in" ? ["kms:Decrypt"] : ["kms:GenerateDataKey", "kms:Decrypt"];
  return {
    addresses: [],
    values: { url: text(queue, "url") },
    grants: [
      ...each(QUEUE_ACTIONS[direction], text(queue, "arn")),
      ...each(key, keyArn(resources), { "kms:ViaService": `sqs.${region}.amazonaws.com` }),
    ],
  };
}

/** ActiveMQ has one broker and a user a service; RabbitMQ a broker a queue and one user. */
function broker(question: Question): Expected {
  const { resources, kind, store, service } = question;
  const name = kind === "activemq" ? kind : `${kind}-${store}`;
  const { instances } = only(resources, "aws:mq/broker:Broker", name).outputs;
  const scheme = kind === "activemq" ? "ssl://" : "amqps://";
  const endpoints = (instances as { endpoints: string[] }[]).flatMap((instance) => instance.endpoints);
  const secret = secretOf(question, kind === "activemq" ? `${name}-${service}` : name);
  return {
    addresses: endpoints.filter((one) => one.startsWith(scheme)).map((one) => one.slice(scheme.length)),
    endpoint: name,
    values: { queue: store },
    grants: secretGrants(question, secret),
    secret,
  };
}

function topic({ resources, store, service, direction }: Question): Expected {
  const cluster = only(resources, "aws:msk/cluster:Cluster", "kafka");
  const arn = text(cluster, "arn");
  const within = (kind: string, name: string) => `${arn.replace(":cluster/", `:${kind}/`)}/${name}`;
  return {
    addresses: text(cluster, "bootstrapBrokersSaslIam").split(","),
    endpoint: "kafka",
    values: { topic: store, login: "iam", ...(direction === "in" && { group: service }) },
    grants:
      direction === "in"
        ? [
            ...each(["kafka-cluster:Connect"], arn),
            ...each(["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"], within("topic", store)),
            ...each(["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"], within("group", service)),
          ]
        : [
            ...each(["kafka-cluster:Connect", "kafka-cluster:WriteDataIdempotently"], arn),
            ...each(["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"], within("topic", store)),
          ],
  };
}

function cache({ resources, store, service }: Question): Expected {
  const nodes = resources.find(({ type }) => type === "aws:elasticache/replicationGroup:ReplicationGroup");
  const made = nodes ?? only(resources, "aws:elasticache/serverlessCache:ServerlessCache", "cache");
  const user = only(resources, "aws:elasticache/user:User", `cache-${service}.${store}`);
  const host = nodes ? text(nodes, "primaryEndpointAddress") : text(made, "endpoints", 0, "address");
  return {
    addresses: [`${host}:6379`],
    endpoint: "cache",
    values: {
      reader: `${nodes ? text(nodes, "readerEndpointAddress") : host}:6379`,
      tls: "true",
      prefix: `${store}:`,
      login: nodes ? "iam" : "iam-serverless",
      cache: text(made, nodes ? "replicationGroupId" : "name"),
      user: String(user.inputs["userId"]),
    },
    grants: [text(made, "arn"), text(user, "arn")].flatMap((arn) => each(["elasticache:Connect"], arn)),
  };
}

const ITEMS: Readonly<Record<Direction, readonly string[]>> = {
  in: ["GetItem", "BatchGetItem", "ConditionCheckItem", "DescribeTable", "Query", "Scan"],
  out: ["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"],
};

function table({ resources, store, direction }: Question): Expected {
  const made = only(resources, "aws:dynamodb/table:Table", `${store}-table`);
  const actions = direction === "in" ? ITEMS.in : [...ITEMS.in, ...ITEMS.out];
  const key = ["kms:Decrypt", "kms:DescribeKey"];
  const writing = ["kms:Encrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"];
  return {
    addresses: [],
    values: { table: text(made, "name") },
    grants: [
      ...each(
        actions.map((action) => `dynamodb:${action}`),
        text(made, "arn"),
      ),
      ...each(direction === "in" ? key : [...key, ...writing], keyArn(resources), {
        "kms:ViaService": `dynamodb.${region}.amazonaws.com`,
      }),
    ],
  };
}

function bucket({ resources, store, direction }: Question): Expected {
  const made = only(resources, "aws:s3/bucket:Bucket", `${store}-bucket`);
  const arn = text(made, "arn");
  const writes = direction === "out";
  const reading = ["s3:GetObject", "s3:GetObjectVersion"];
  return {
    addresses: [],
    values: { bucket: text(made, "bucket") },
    grants: [
      ...each(["s3:ListBucket"], arn),
      ...each(writes ? [...reading, "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"] : reading, `${arn}/*`),
      ...each(writes ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"], keyArn(resources), {
        "kms:EncryptionContext:aws:s3:arn": arn,
        "kms:ViaService": `s3.${region}.amazonaws.com`,
      }),
    ],
  };
}

function warehouse({ resources, store }: Question): Expected {
  const workgroup = only(resources, "aws:redshiftserverless/workgroup:Workgroup", `${store}-warehouse`);
  const arn = text(workgroup, "arn");
  return {
    addresses: [`${text(workgroup, "endpoints", 0, "address")}:5439`],
    endpoint: `${store}-warehouse`,
    values: { database: databaseNameOf(store), workgroup: String(workgroup.inputs["workgroupName"]) },
    grants: [
      ...each(["redshift-serverless:GetCredentials", "redshift-data:ExecuteStatement", "redshift-data:BatchExecuteStatement"], arn),
      // These know no resource: a role sees the statements that it sent itself.
      ...each(["redshift-data:DescribeStatement", "redshift-data:GetStatementResult", "redshift-data:CancelStatement"], "*", {
        "redshift-data:statement-owner-iam-userid": "${aws:userid}",
      }),
    ],
  };
}

function secret(question: Question): Expected {
  const arn = secretOf(question, `${question.store}-secret`);
  return { addresses: [], values: { secret: arn }, grants: secretGrants(question, arn), secret: arn };
}

const EXPECTED: Readonly<Record<StoreKind, (question: Question) => Expected>> = {
  ...Object.fromEntries(RELATIONAL_KINDS.map((kind) => [kind, relational])),
  sqs,
  activemq: broker,
  rabbitmq: broker,
  topic,
  cache,
  table,
  bucket,
  warehouse,
  secret,
};

/** What a service must get that is bound to a store. */
export function expectedAccess(question: Question): Expected {
  const expected = EXPECTED[question.kind];
  if (!expected) throw new Error(`nobody has said what a service that needs a ${question.kind} must get`);
  return expected(question);
}
