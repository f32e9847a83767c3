import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ConfigError, type Fault } from "../../faults";
import { policyDocument, type Statement } from "../../iam";
import { type Network } from "../../network/network";
import { kept, type PlatformContext } from "../../platform-context";
import { bend, type Transform } from "../../transform";
import { ServiceLogs } from "../service-logs";
import { type LogStore } from "./log-store";

/** How big a domain is. */
export interface OpenSearchSize {
  /** Class of each data node, such as `r7g.large.search`. */
  readonly instanceType: string;
  /** Data nodes; in a durable environment as many in each zone. */
  readonly instances: number;
  /** GiB of gp3 of each data node. */
  readonly storageGib: number;
}

export interface OpenSearchArgs {
  readonly context: PlatformContext;
  readonly network: Network;
  /** Key of the indices. Changing this replaces the domain. */
  readonly keyArn: pulumi.Input<string>;
  /** Key of the domain's own logs, and days they are kept. */
  readonly logs: { readonly retentionDays: number; readonly keyArn: pulumi.Input<string> };
  /** Role that sends lines; it owns the indices and says who may read. */
  readonly senderRoleArn: pulumi.Input<string>;
  readonly size: OpenSearchSize;
  readonly transform?: {
    readonly domain?: Transform<aws.opensearch.DomainArgs>;
    readonly securityGroup?: Transform<aws.ec2.SecurityGroupArgs>;
  };
}

const HTTPS = 443;
const ENGINE = "OpenSearch_3.1";
/** Three of these choose a leader among themselves, so that a full data node does not stop the domain. */
const LEADER_TYPE = "m7g.medium.search";
const LEADERS = 3;
const MOST_ZONES = 3;
const MANY_HOURS = 87_600;
/** Security policy of the endpoint: TLS 1.2 and 1.3 (OpenSearch Service API reference, TLSSecurityPolicy, 2026-11). */
const TLS = "Policy-Min-TLS-1-2-PFS-2023-10";
const DOMAIN_LOGS = ["ES_APPLICATION_LOGS", "SEARCH_SLOW_LOGS", "INDEX_SLOW_LOGS"] as const;
const USE = ["es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut"] as const;

/** Zones that a domain spreads over. */
function zonesOf({ context, network }: Pick<OpenSearchArgs, "context" | "network">): number {
  return context.durable ? Math.min(MOST_ZONES, network.availabilityZones.length) : 1;
}

/** What OpenSearch Service would refuse, or what a durable environment must not rest on. */
export function openSearchFaults(key: string, size: OpenSearchSize, durable: boolean, zones: number): Fault[] {
  const faults: Fault[] = [];
  if (durable && /^t[23]\./.test(size.instanceType))
    faults.push({
      key: `${key}.instanceType`,
      what: "runs out of CPU credits, in a durable environment",
      got: size.instanceType,
      right: "give a class of the m, c or r family, such as r7g.large.search",
    });
  if (durable && size.instances % zones !== 0)
    faults.push({
      key: `${key}.instances`,
      what: `cannot be spread evenly over ${zones} zones`,
      got: size.instances,
      right: `give a multiple of ${zones}`,
    });
  return faults;
}

/**
 * Log lines that can be searched by any word, on Amazon OpenSearch Service: the alternative to Loki for a team that knows it, at several
 * times the price, because every word of every line is in an index on disk. Inside the VPC, HTTPS alone, encrypted at rest and between nodes.
 *
 * Requests are signed for IAM. The sender's role is the domain's master user; it lets the account's roles read the indices of logs, and which
 * of them do is said by their own IAM policies, with `readStatements`.
 *
 * Cost: r7g.large.search 0.167 USD an hour a node and 0.122 USD a GB-month of gp3, in us-east-1 (Amazon OpenSearch Service pricing, 2026-11).
 */
export class OpenSearch extends pulumi.ComponentResource implements LogStore {
  public readonly kind = "opensearch";
  public readonly port = HTTPS;
  /** It takes lines of any age. */
  public readonly oldestHours = MANY_HOURS;
  public readonly pushUrl: pulumi.Output<string>;
  /** Base URL of its API, without a slash at the end. */
  public readonly url: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  public readonly pushStatements: readonly Statement[];
  /** What a role needs to search lines; its requests are signed for the service `es`. */
  public readonly readStatements: readonly Statement[];
  public readonly ready: readonly pulumi.Resource[];

  /** @throws {ConfigError} with what OpenSearch Service would refuse. */
  constructor(
    private readonly name: string,
    private readonly args: OpenSearchArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:visibility:OpenSearch", name, {}, options);
    const faults = openSearchFaults(`opensearch ${name}`, args.size, args.context.durable, zonesOf(args));
    if (faults.length > 0) throw new ConfigError(faults);
    const group = this.createSecurityGroup();
    const domain = this.createDomain(group);
    const policy = this.admitAccount(domain);
    this.url = pulumi.interpolate`https://${domain.endpoint}`;
    this.pushUrl = pulumi.interpolate`${this.url}/_bulk`;
    this.securityGroupId = group.id;
    const everything = pulumi.interpolate`${domain.arn}/*`;
    this.pushStatements = [{ Effect: "Allow", Action: USE, Resource: everything }];
    this.readStatements = [{ Effect: "Allow", Action: ["es:ESHttpGet", "es:ESHttpPost"], Resource: everything }];
    this.ready = [domain, policy];
    this.registerOutputs({ pushUrl: this.pushUrl });
  }

  private createSecurityGroup(): aws.ec2.SecurityGroup {
    return new aws.ec2.SecurityGroup(
      ...bend<aws.ec2.SecurityGroupArgs>(
        this.args.transform?.securityGroup,
        this.name,
        { vpcId: this.args.network.vpcId, description: "OpenSearch of logs: only who sends and who reads" },
        { parent: this },
      ),
    );
  }

  private createDomain(group: aws.ec2.SecurityGroup): aws.opensearch.Domain {
    const { context, network, keyArn, senderRoleArn, size, transform } = this.args;
    const { durable } = context;
    const zones = zonesOf(this.args);
    const logs = new ServiceLogs(this.name, { context, ...this.args.logs }, { parent: this });
    const admitted = this.admitLogs(logs);
    return new aws.opensearch.Domain(
      ...bend<aws.opensearch.DomainArgs>(
        transform?.domain,
        this.name,
        {
          engineVersion: ENGINE,
          clusterConfig: {
            instanceType: size.instanceType,
            instanceCount: size.instances,
            zoneAwarenessEnabled: zones > 1,
            ...(zones > 1 && { zoneAwarenessConfig: { availabilityZoneCount: zones } }),
            ...(durable && { dedicatedMasterEnabled: true, dedicatedMasterType: LEADER_TYPE, dedicatedMasterCount: LEADERS }),
          },
          ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: size.storageGib },
          vpcOptions: {
            subnetIds: pulumi.output(network.privateSubnetIds).apply((ids) => ids.slice(0, zones)),
            securityGroupIds: [group.id],
          },
          encryptAtRest: { enabled: true, kmsKeyId: keyArn },
          nodeToNodeEncryption: { enabled: true },
          domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: TLS },
          advancedSecurityOptions: {
            enabled: true,
            anonymousAuthEnabled: false,
            internalUserDatabaseEnabled: false,
            masterUserOptions: { masterUserArn: senderRoleArn },
          },
          logPublishingOptions: DOMAIN_LOGS.map((logType) => ({ logType, cloudwatchLogGroupArn: logs.arn, enabled: true })),
          autoTuneOptions: { desiredState: size.instanceType.startsWith("t") ? "DISABLED" : "ENABLED", rollbackOnDisable: "NO_ROLLBACK" },
          softwareUpdateOptions: { autoSoftwareUpdateEnabled: true },
          offPeakWindowOptions: { enabled: true },
        },
        { parent: this, ...kept(context), dependsOn: [admitted] },
      ),
    );
  }

  /** The domain is refused while it may not write its logs. */
  private admitLogs(logs: ServiceLogs): aws.cloudwatch.LogResourcePolicy {
    const { environment, accountId } = this.args.context;
    return new aws.cloudwatch.LogResourcePolicy(
      this.name,
      {
        policyName: `${environment}-${this.name}-opensearch`,
        policyDocument: policyDocument([
          {
            Effect: "Allow",
            Principal: { Service: "es.amazonaws.com" },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: pulumi.interpolate`${logs.arn}:*`,
            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
          },
        ]),
      },
      { parent: this },
    );
  }

  /** Lets IAM of the account decide who may use the domain. */
  private admitAccount(domain: aws.opensearch.Domain): aws.opensearch.DomainPolicy {
    return new aws.opensearch.DomainPolicy(
      this.name,
      {
        domainName: domain.domainName,
        accessPolicies: policyDocument([
          {
            Effect: "Allow",
            Principal: { AWS: `arn:aws:iam::${this.args.context.accountId}:root` },
            Action: USE,
            Resource: pulumi.interpolate`${domain.arn}/*`,
          },
        ]),
      },
      { parent: this },
    );
  }
}
