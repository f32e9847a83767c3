import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement, trustPolicy } from "../iam";
import { type PlatformContext } from "../platform-context";

/** A bucket whose files the warehouse may load. */
export interface LoadSource {
  readonly bucketArn: pulumi.Input<string>;
  /** Key its objects are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
}

/** A cluster of MSK whose topics the warehouse may stream, with IAM authentication. */
export interface StreamSource {
  /** Name of the bus, for names and descriptions. */
  readonly name: string;
  readonly clusterArn: pulumi.Input<string>;
  readonly securityGroupId: pulumi.Input<string>;
  readonly topics: readonly string[];
}

/** Port of a broker with IAM authentication inside the VPC (Amazon MSK developer guide, "Port information", 2026-11). */
export const MSK_IAM_PORT = 9098;

/** ARNs of something inside a cluster of MSK have the cluster's own ARN with another kind of resource. */
function within(cluster: pulumi.Input<string>, kind: "topic" | "group", name: string): pulumi.Output<string> {
  return pulumi.output(cluster).apply((arn) => `${arn.replace(":cluster/", `:${kind}/`)}/${name}`);
}

function loadStatements({ bucketArn, keyArn }: LoadSource, region: string): Statement[] {
  return [
    { Effect: "Allow", Action: ["s3:ListBucket", "s3:GetBucketLocation"], Resource: bucketArn },
    { Effect: "Allow", Action: "s3:GetObject", Resource: pulumi.interpolate`${bucketArn}/*` },
    {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: keyArn,
      Condition: { StringEquals: { "kms:EncryptionContext:aws:s3:arn": bucketArn, "kms:ViaService": `s3.${region}.amazonaws.com` } },
    },
  ];
}

/** What an external schema over MSK asks for (Amazon Redshift database developer guide, "Streaming ingestion", 2026-11). */
function streamStatements({ clusterArn, topics }: StreamSource): Statement[] {
  return [
    { Effect: "Allow", Action: ["kafka:GetBootstrapBrokers", "kafka-cluster:Connect"], Resource: clusterArn },
    {
      Effect: "Allow",
      Action: ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"],
      Resource: topics.map((topic) => within(clusterArn, "topic", topic)),
    },
    {
      Effect: "Allow",
      Action: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
      Resource: within(clusterArn, "group", "*"),
    },
  ];
}

/** The role the warehouse itself takes on, for `COPY` and external schemas: it may read the named sources and nothing else. */
export function warehouseRole(
  name: string,
  context: PlatformContext,
  loads: readonly LoadSource[],
  streams: readonly StreamSource[],
  parent: pulumi.Resource,
): aws.iam.Role {
  const role = new aws.iam.Role(
    name,
    {
      description: `What warehouse ${name} itself may read`,
      assumeRolePolicy: trustPolicy("redshift.amazonaws.com", context.accountId),
    },
    { parent },
  );
  const statements = [...loads.flatMap((load) => loadStatements(load, context.region)), ...streams.flatMap(streamStatements)];
  if (statements.length > 0) new aws.iam.RolePolicy(name, { role: role.name, policy: policyDocument(statements) }, { parent });
  return role;
}
