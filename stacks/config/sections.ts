import { z } from "zod";
import { serviceName } from "../../components/service/descriptor";
import { quantity } from "../../components/quantity";

const cidr = z.cidrv4({ error: "is not an IPv4 CIDR block; write it as 10.0.0.0/16" });

/** `strata:environment`: how much this environment matters, and to whom. */
export const EnvironmentSection = z
  .strictObject({
    durable: z
      .boolean()
      .default(false)
      .describe("True where losing data or a zone must not stop the business: Multi-AZ, backups, deletion protection, HTTPS only."),
    decommissioning: z
      .boolean()
      .default(false)
      .describe(
        "True while a durable environment is taken down for good: nothing is protected from deletion any more, and all else stays as it is. Its stores are retired first.",
      ),
    owner: z.string().min(2).describe("Team that owns the environment; the `owner` tag of what has no owner of its own."),
    costCentre: z.string().min(2).describe("Who pays; the `cost-centre` tag."),
  })
  .describe("How much this environment matters, and to whom.");

/** `strata:aws`: the one account and region this environment may be deployed to. */
export const AwsSection = z
  .strictObject({
    accountId: z
      .string()
      .regex(/^\d{12}$/, { error: "is not an AWS account id; give 12 digits in quotes" })
      .describe("The only account the provider accepts, so that credentials of another one fail before anything is created."),
    region: z
      .string()
      .regex(/^[a-z]{2}(-gov)?-[a-z]+-\d$/, { error: "is not an AWS region; write it as us-east-1" })
      .describe("Region of everything in this environment. A change replaces everything."),
    assumeRole: z
      .string()
      .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, { error: "is not the ARN of a role" })
      .optional()
      .describe("ARN of the role to assume before anything else. Default: the caller's own identity."),
  })
  .describe("The one account and region this environment may be deployed to.");

/** `strata:network`: the VPC. */
export const NetworkSection = z
  .strictObject({
    cidr: cidr.describe("Range of the VPC, /16 to /21. A change replaces the VPC and everything in it."),
    availabilityZones: z
      .array(z.string().regex(/^[a-z]{2}(-gov)?-[a-z]+-\d[a-z]$/, { error: "is not an availability zone; write it as us-east-1a" }))
      .min(1, "is empty; name at least one availability zone")
      .max(4, "has too many; the layout holds four availability zones")
      .describe("Zones in order; one may be added at the end at any time without moving an address."),
    nat: z
      .enum(["none", "single", "per-az"])
      .default("single")
      .describe("Way out to the internet from the private tier. single: one zone's loss stops outbound traffic. per-az: survives it."),
    gatewayEndpoints: z
      .array(z.enum(["s3", "dynamodb"]))
      .default(["s3", "dynamodb"])
      .describe("Services reached without NAT and without a charge."),
    interfaceEndpoints: z
      .array(
        z.enum([
          "ecr.api",
          "ecr.dkr",
          "logs",
          "monitoring",
          "ecs",
          "ecs-agent",
          "ecs-telemetry",
          "redshift",
          "redshift-data",
          "redshift-serverless",
          "secretsmanager",
          "kms",
          "sts",
          "ssm",
          "ssmmessages",
          "sqs",
          "sns",
          "xray",
        ]),
      )
      .default([])
      .describe("Services reached inside the VPC, charged by the hour and zone. Default: none, reached through NAT."),
    flowLogDays: z.int().min(1).max(3650).default(30).describe("Days the VPC flow logs are kept in S3."),
    reserved: z
      .array(
        z.strictObject({
          cidr: cidr.describe("Range in use elsewhere."),
          what: z.string().min(2).describe("What uses it: another VPC, an office, a datacentre."),
        }),
      )
      .default([])
      .describe("Ranges the VPC must not overlap, because they will be routed to it."),
  })
  .describe("The VPC.");

/** `strata:ingress`: how the internet reaches the environment. */
export const IngressSection = z
  .strictObject({
    domain: z
      .string()
      .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, { error: "is not a domain name; write it as shop.example.com" })
      .optional()
      .describe("Domain of the load balancer; gets a certificate and HTTPS. Default: none, plain HTTP, refused in a durable environment."),
    hostedZoneId: z
      .string()
      .regex(/^Z[A-Z0-9]{1,31}$/, { error: "is not the id of a Route 53 hosted zone; it starts with Z" })
      .optional()
      .describe("Public Route 53 hosted zone the domain is in; goes with `domain`."),
    surface: z
      .enum(["separate", "api"])
      .default("separate")
      .describe(
        "separate: containers behind a public load balancer, functions behind the HTTP API. api: all behind the HTTP API, at a charge for each request; the load balancer is internal.",
      ),
  })
  .prefault({})
  .describe("How the internet reaches the environment.");

/** `strata:compute`: what services run on. */
export const ComputeSection = z
  .strictObject({
    spotShare: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe("Share of a service's tasks above its first that run on Spot, 0 to 1; a Spot task gets two minutes' notice."),
    runsInstances: z.boolean().default(false).describe("True when a team looks after EC2 instances; only then are they considered."),
    ec2Packing: z
      .number()
      .min(0.1)
      .max(1)
      .default(0.8)
      .describe("Share of instances that is sold to tasks, 0.1 to 1; EC2 beats Fargate on demand only above about 0.9."),
    savings: z
      .strictObject({
        lambda: z.number().min(0).max(0.17).default(0).describe("What a savings plan takes off Lambda, 0 to 0.17."),
        fargate: z.number().min(0).max(0.5).default(0).describe("What a savings plan takes off Fargate, 0 to 0.5."),
        ec2: z.number().min(0).max(0.72).default(0).describe("What a savings plan takes off EC2, 0 to 0.72."),
      })
      .prefault({})
      .describe("Discounts of savings plans, which placement and cost assume."),
    ec2: z
      .strictObject({
        instanceTypes: z
          .array(z.string().regex(/^[a-z0-9-]+\.[a-z0-9]+$/, { error: "is not an instance type; write it as m7g.large" }))
          .min(1, "is empty; give at least one instance type")
          .default(["m7g.large", "m7g.xlarge", "r7g.large"])
          .describe("Instance types of the ECS cluster, in order of preference."),
        maximum: z.int().min(1).max(1000).default(10).describe("Most instances on demand; there are as many as the tasks need."),
        spotMaximum: z.int().min(1).max(1000).default(10).describe("Most instances on Spot."),
        operatingSystem: z
          .enum(["al2023", "bottlerocket"])
          .default("al2023")
          .describe("System of the instances; bottlerocket fits fewer tasks."),
      })
      .prefault({})
      .describe("Instances of the ECS cluster; there are none unless a service runs on ecs."),
    minimumCopies: z.int().min(1).max(100).default(1).describe("Fewest tasks of a service; at least 2 in a durable environment."),
    maximumCopies: z.int().min(1).max(1000).default(4).describe("Most tasks of a service."),
  })
  .prefault({})
  .describe("What services run on.");

/** `strata:functions`: limits of Lambda and of the HTTP API in front of it. */
export const FunctionsSection = z
  .strictObject({
    concurrency: z
      .int()
      .min(110)
      .max(100_000)
      .default(1000)
      .describe("Functions that may run at once in the account and region: its quota."),
    requestsPerSecond: z.int().min(1).max(100_000).default(1000).describe("Requests a second the HTTP API takes over time."),
    burst: z.int().min(1).max(100_000).default(2000).describe("Requests at once the HTTP API takes above that."),
    domain: z
      .string()
      .regex(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, { error: "is not a domain name; write it as api.shop.example.com" })
      .optional()
      .describe("Domain of the HTTP API, in the hosted zone of `strata:ingress`. Default: none, the address AWS gives it."),
  })
  .prefault({})
  .describe("Limits of Lambda and of the HTTP API in front of it.");

const roleArns = z.record(
  z.string().regex(/^[a-z][a-z0-9-]*$/, { error: "is not a name; use a-z, 0-9 and -" }),
  z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, { error: "is not the ARN of a role" }),
);

/** `strata:kubernetes`: the EKS cluster; there is none unless a service runs on it. */
export const KubernetesSection = z
  .strictObject({
    serviceCidr: cidr.default("172.20.0.0/16").describe("Range of the addresses of Services. A change replaces the cluster."),
    version: z
      .string()
      .regex(/^1\.\d+$/, { error: "is not a Kubernetes minor version; write it in quotes, as 1.36" })
      .optional()
      .describe("Kubernetes minor version; goes up by one at a time, never down. Default: the newest that this release was tested with."),
    nodes: z
      .enum(["auto", "managed"])
      .default("auto")
      .describe("auto: EKS makes, patches and removes nodes by itself (Auto Mode). managed: a node group of `instanceTypes`."),
    instanceTypes: z
      .array(z.string().regex(/^[a-z0-9-]+\.[a-z0-9]+$/, { error: "is not an instance type; write it as m7g.large" }))
      .min(1, "is empty; give at least one instance type")
      .default(["m7g.large"])
      .describe("Instance types of managed nodes, Graviton. A change replaces the nodes, a few at a time."),
    minimumNodes: z.int().min(1).max(450).default(2).describe("Fewest managed nodes."),
    maximumNodes: z.int().min(1).max(450).default(6).describe("Most managed nodes."),
    adopted: z
      .record(
        z.string().regex(/^[a-z][a-z0-9-]*$/, { error: "is not a name; use a-z, 0-9 and -" }),
        z.strictObject({
          kubeconfigFile: z
            .string()
            .min(1)
            .describe(
              "Path of its kubeconfig, from the folder of the project; keep the file out of the repository. It becomes a secret of the stack.",
            ),
          context: z.string().min(1).optional().describe("Context of the file. Default: its current one."),
          storageClass: z.string().min(1).optional().describe("Class of persistent volumes. Default: the cluster's own default."),
        }),
      )
      .default({})
      .describe("Clusters that exist already, in another datacentre or cloud, by the name that a service's `place.cluster` gives."),
    cpuLimit: z.int().min(2).max(10_000).default(64).describe("Most vCPU of all nodes together."),
    spot: z.boolean().default(false).describe("True puts every node on Spot."),
    admins: roleArns.default({}).describe("ARNs of the roles that may do everything in the cluster, by a name of their own."),
    viewers: roleArns.default({}).describe("ARNs of the roles that may look at everything but secrets, by a name of their own."),
    publicAccessCidrs: z
      .array(cidr)
      .default([])
      .describe("Ranges of the internet from which the API is reached. Default: none; the deployment then runs inside the VPC."),
  })
  .prefault({})
  .describe("The EKS cluster; there is none unless a service runs on it.");

/** `strata:budget`: what may be spent. */
export const BudgetSection = z
  .strictObject({ monthlyUsd: z.number().positive().describe("Most the environment may cost in a month, in USD at list prices.") })
  .describe("What may be spent.");

/** `strata:ephemeral`: an environment that is there for a while. */
export const EphemeralSection = z
  .strictObject({
    from: z.string().min(2).describe("Environment whose stack file it was made from."),
    expires: z.iso
      .datetime({ error: "is not a time in UTC; write it as 2026-11-29T12:00:00Z" })
      .describe("When it may be destroyed; the `strata:expires` tag of all it makes."),
  })
  .optional()
  .describe("An environment that is there for a while. Default: it stays.");

/** `strata:services`: what differs for a service in this environment. */
export const ServicesSection = z
  .record(
    serviceName,
    z.strictObject({
      enabled: z.boolean().default(true).describe("False leaves the service out of this environment."),
      minimumCopies: z.int().min(1).max(100).optional().describe("Fewest tasks. Default: that of `strata:compute`."),
      maximumCopies: z.int().min(1).max(1000).optional().describe("Most tasks. Default: that of `strata:compute`."),
      cpu: z.int().min(256).max(16_384).optional().describe("Fargate CPU units of a task. Default: sized from the service's demand."),
      memory: quantity("memory", "512MiB").optional().describe("Memory of a task. Default: sized from the service's demand."),
      monthlyUsd: z
        .number()
        .positive()
        .optional()
        .describe("Most it may cost in a month with the databases that it alone uses, in USD at list prices. Default: nobody limits it."),
    }),
  )
  .default({})
  .describe("What differs for a service in this environment.");
