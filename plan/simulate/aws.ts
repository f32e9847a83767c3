import { arn, autoName, ec2Id, globalArn, hex, uuid } from "./identifiers";
import { arnAsId, ec2, named, namedArn, sameAs, type Simulate, text } from "./shapes";

const loadBalancer = arnAsId(
  "elasticloadbalancing",
  (name, place) => `loadbalancer/app/${name}/${hex(place, 16)}`,
  (name, place) => ({
    arnSuffix: `app/${name}/${hex(place, 16)}`,
    dnsName: `${name}-${Number.parseInt(hex(place, 8), 16)}.${place.region}.elb.amazonaws.com`,
    zoneId: `Z${hex(place, 13).toUpperCase()}`,
  }),
);

const targetGroup = arnAsId(
  "elasticloadbalancing",
  (name, place) => `targetgroup/${name}/${hex(place, 16)}`,
  (name, place) => ({ arnSuffix: `targetgroup/${name}/${hex(place, 16)}` }),
);

const iamRole: Simulate = (inputs, place) => {
  const name = named(inputs, place);
  return { id: name, outputs: { name, arn: globalArn(place, "iam", `role/${name}`), uniqueId: `AROA${hex(place, 17).toUpperCase()}` } };
};

const kmsKey: Simulate = (_, place) => {
  const id = uuid(place);
  return { id, outputs: { keyId: id, arn: arn(place, "kms", `key/${id}`) } };
};

const certificate: Simulate = (inputs, place) => {
  const domain = text(inputs["domainName"], place.name);
  const id = arn(place, "acm", `certificate/${uuid(place)}`);
  return {
    id,
    outputs: {
      arn: id,
      domainValidationOptions: [
        {
          domainName: domain,
          resourceRecordName: `_${hex(place, 32)}.${domain}.`,
          resourceRecordType: "CNAME",
          resourceRecordValue: `_${hex(place, 32, "value")}.acm-validations.aws.`,
        },
      ],
    },
  };
};

/** Two groups may have streams of one name: what tells a stream from every other is both. */
const logStream: Simulate = (inputs, place) => {
  const name = named(inputs, place);
  const group = text(inputs["logGroupName"], "");
  return { id: `${group}:${name}`, outputs: { name, arn: arn(place, "logs", `log-group:${group}:log-stream:${name}`) } };
};

const rdsCluster: Simulate = (inputs, place) => {
  const id = text(inputs["clusterIdentifier"], autoName(place));
  const zone = hex(place, 12);
  return {
    id,
    outputs: {
      clusterIdentifier: id,
      arn: arn(place, "rds", `cluster:${id}`),
      clusterResourceId: `cluster-${hex(place, 26).toUpperCase()}`,
      endpoint: `${id}.cluster-${zone}.${place.region}.rds.amazonaws.com`,
      readerEndpoint: `${id}.cluster-ro-${zone}.${place.region}.rds.amazonaws.com`,
      engineVersionActual: inputs["engineVersion"] ?? null,
      ...(inputs["manageMasterUserPassword"] === true && {
        masterUserSecrets: [
          {
            kmsKeyId: inputs["masterUserSecretKmsKeyId"] ?? null,
            secretArn: arn(place, "secretsmanager", `secret:rds!cluster-${uuid(place)}-${hex(place, 6, "secret")}`),
            secretStatus: "active",
          },
        ],
      }),
    },
  };
};

const rdsInstance: Simulate = (inputs, place) => {
  const id = text(inputs["identifier"], autoName(place));
  return { id, outputs: { identifier: id, arn: arn(place, "rds", `db:${id}`), dbiResourceId: `db-${hex(place, 26).toUpperCase()}` } };
};

const bucket: Simulate = (inputs, place) => {
  const name = named(inputs, place, "bucket");
  return {
    id: name,
    outputs: {
      bucket: name,
      arn: `arn:aws:s3:::${name}`,
      bucketDomainName: `${name}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${name}.s3.${place.region}.amazonaws.com`,
      region: place.region,
    },
  };
};

const taskDefinition: Simulate = (inputs, place) => {
  const family = text(inputs["family"], autoName(place));
  const withoutRevision = arn(place, "ecs", `task-definition/${family}`);
  return { id: family, outputs: { arn: `${withoutRevision}:1`, arnWithoutRevision: withoutRevision, revision: 1 } };
};

const ecsService: Simulate = (inputs, place) => {
  const name = named(inputs, place);
  const cluster = text(inputs["cluster"], "default").split("/").at(-1) ?? "default";
  const id = arn(place, "ecs", `service/${cluster}/${name}`);
  return { id, outputs: { name, arn: id } };
};

const vpcEndpoint: Simulate = (inputs, place) => ({
  ...ec2("vpce", "vpc-endpoint")(inputs, place),
  outputs: {
    arn: arn(place, "ec2", `vpc-endpoint/${ec2Id(place, "vpce")}`),
    ...(inputs["vpcEndpointType"] === "Gateway" && { prefixListId: `pl-${hex(place, 8)}` }),
    state: "available",
  },
});

const record: Simulate = (inputs, place) => {
  const name = text(inputs["name"], place.name);
  return { id: `${text(inputs["zoneId"], "Z")}_${name}_${text(inputs["type"], "A")}`, outputs: { fqdn: name.replace(/\.$/, "") } };
};

const vpc: Simulate = (_, place) => {
  const id = ec2Id(place, "vpc");
  return {
    id,
    outputs: {
      arn: arn(place, "ec2", `vpc/${id}`),
      defaultSecurityGroupId: `sg-0${hex(place, 16, "default")}`,
      defaultRouteTableId: `rtb-0${hex(place, 16, "default")}`,
      mainRouteTableId: `rtb-0${hex(place, 16, "default")}`,
      ipv6CidrBlock: "",
    },
  };
};

const eip: Simulate = (_, place) => {
  const id = ec2Id(place, "eipalloc");
  // 203.0.113.0/24 is reserved for documentation (RFC 5737): never a real address.
  return {
    id,
    outputs: {
      allocationId: id,
      arn: arn(place, "ec2", `elastic-ip/${id}`),
      publicIp: `203.0.113.${Number.parseInt(hex(place, 2), 16) % 254}`,
    },
  };
};

/** AWS resource types the simulation knows, by type token. A type that is missing keeps its outputs unknown. */
export const AWS_RESOURCES: Readonly<Record<string, Simulate>> = {
  "aws:acm/certificate:Certificate": certificate,
  "aws:acm/certificateValidation:CertificateValidation": (inputs, place) => ({
    id: hex(place, 16),
    outputs: { certificateArn: inputs["certificateArn"] ?? null },
  }),
  "aws:appautoscaling/policy:Policy": arnAsId(
    "autoscaling",
    (name, place) => `scalingPolicy:${uuid(place)}:resource/ecs:policyName/${name}`,
  ),
  "aws:appautoscaling/target:Target": (inputs, place) => ({
    id: text(inputs["resourceId"], place.name),
    outputs: { arn: arn(place, "application-autoscaling", `scalable-target/${hex(place, 24)}`) },
  }),
  "aws:cloudwatch/logGroup:LogGroup": namedArn("logs", (name) => `log-group:${name}`),
  "aws:cloudwatch/logStream:LogStream": logStream,
  "aws:cloudwatch/metricAlarm:MetricAlarm": namedArn("cloudwatch", (name) => `alarm:${name}`),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": (_, place) => {
    // AWS made it with the VPC, and named it.
    const id = ec2Id(place, "sg");
    return { id, outputs: { name: "default", arn: arn(place, "ec2", `security-group/${id}`) } };
  },
  "aws:ec2/eip:Eip": eip,
  "aws:ec2/flowLog:FlowLog": ec2("fl", "vpc-flow-log"),
  "aws:ec2/internetGateway:InternetGateway": ec2("igw", "internet-gateway"),
  "aws:ec2/natGateway:NatGateway": ec2("nat", "natgateway"),
  "aws:ec2/route:Route": (_, place) => ({ id: `r-rtb-0${hex(place, 16)}`, outputs: {} }),
  "aws:ec2/routeTable:RouteTable": ec2("rtb", "route-table"),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": (_, place) => ({ id: `rtbassoc-0${hex(place, 16)}`, outputs: {} }),
  "aws:ec2/securityGroup:SecurityGroup": (inputs, place) => {
    const id = ec2Id(place, "sg");
    return { id, outputs: { name: named(inputs, place), arn: arn(place, "ec2", `security-group/${id}`) } };
  },
  "aws:ec2/subnet:Subnet": ec2("subnet", "subnet"),
  "aws:ec2/vpc:Vpc": vpc,
  "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpoint,
  "aws:ecs/cluster:Cluster": arnAsId("ecs", (name) => `cluster/${name}`),
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": sameAs("clusterName"),
  "aws:ecs/service:Service": ecsService,
  "aws:ecs/taskDefinition:TaskDefinition": taskDefinition,
  "aws:iam/role:Role": iamRole,
  "aws:iam/rolePolicy:RolePolicy": (inputs, place) => ({
    id: `${text(inputs["role"], "role")}:${named(inputs, place)}`,
    outputs: { name: named(inputs, place) },
  }),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": (inputs, place) => ({
    id: `${text(inputs["role"], "role")}-${hex(place, 26)}`,
    outputs: {},
  }),
  "aws:kms/alias:Alias": namedArn("kms", (name) => name),
  "aws:kms/key:Key": kmsKey,
  "aws:lb/listener:Listener": arnAsId(
    "elasticloadbalancing",
    (name, place) => `listener/app/${name}/${hex(place, 16)}/${hex(place, 16, "listener")}`,
  ),
  "aws:lb/listenerRule:ListenerRule": arnAsId(
    "elasticloadbalancing",
    (name, place) => `listener-rule/app/${name}/${hex(place, 16)}/${hex(place, 16, "rule")}`,
  ),
  "aws:lb/loadBalancer:LoadBalancer": loadBalancer,
  "aws:lb/targetGroup:TargetGroup": targetGroup,
  "aws:rds/cluster:Cluster": rdsCluster,
  "aws:rds/clusterInstance:ClusterInstance": rdsInstance,
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": namedArn("rds", (name) => `cluster-pg:${name}`),
  "aws:rds/subnetGroup:SubnetGroup": namedArn("rds", (name) => `subgrp:${name}`),
  "aws:route53/record:Record": record,
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": sameAs("bucket"),
  "aws:s3/bucketPolicy:BucketPolicy": sameAs("bucket"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": sameAs("bucket"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": sameAs("bucket"),
  "aws:servicediscovery/httpNamespace:HttpNamespace": (inputs, place) => {
    const id = `ns-${hex(place, 16)}`;
    return { id, outputs: { name: named(inputs, place), arn: arn(place, "servicediscovery", `namespace/${id}`) } };
  },
  "aws:sns/topic:Topic": arnAsId("sns", (name) => name),
  "aws:sns/topicPolicy:TopicPolicy": sameAs("arn"),
  "aws:sns/topicSubscription:TopicSubscription": (inputs, place) => {
    const id = `${text(inputs["topic"], "topic")}:${uuid(place)}`;
    return { id, outputs: { arn: id } };
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ec2("sgr", "security-group-rule"),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ec2("sgr", "security-group-rule"),
};
