import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../iam";
import { outliving, type PlatformContext } from "../platform-context";
import { type Bindable, type Binding, type BoundAccess, type Consumer, variablePrefix } from "../service/binding";
import { bend, type Transform } from "../transform";
import { type ObservedBucket, type ObservedStore } from "../visibility/alarms/observed";
import { backupTag } from "./backup-tag";

export interface ServiceBucketArgs {
  readonly context: PlatformContext;
  /** Name of the bucket in the catalogue, which the variables of its services start with. Not the name in S3, which Pulumi makes. */
  readonly bucketName: string;
  /** Key the objects are encrypted with. Objects keep the key they were written with. */
  readonly keyArn: pulumi.Input<string>;
  /** Days a replaced or deleted version is kept. */
  readonly noncurrentDays: number;
  /** Days after which an object is deleted. Default: never. */
  readonly expireDays?: number;
  /** Bucket that S3 writes a line to for every request, and the prefix there. Default: none. */
  readonly accessLogs?: { readonly bucket: pulumi.Input<string>; readonly prefix: string };
  /** Why requests to it need not be logged, in letters that a tag takes. Default: no reason. */
  readonly notLoggedBecause?: string;
  readonly transform?: {
    readonly bucket?: Transform<aws.s3.BucketArgs>;
    readonly lifecycle?: Transform<aws.s3.BucketLifecycleConfigurationArgs>;
    readonly policy?: Transform<aws.s3.BucketPolicyArgs>;
  };
}

/** What is known of a bucket that exists already. */
export interface ServiceBucketIds {
  /** Name in the catalogue. */
  readonly bucketName: string;
  /** Name in S3. */
  readonly id: pulumi.Input<string>;
  /** Key its objects are encrypted with. */
  readonly keyArn: pulumi.Input<string>;
  /** Region it is in. */
  readonly region: string;
}

/** A bucket whose new objects can start something. */
export interface UploadSource {
  /** Name in S3. */
  readonly id: pulumi.Output<string>;
  /** Without these S3 says nothing to EventBridge. */
  readonly sendsEvents: readonly pulumi.Resource[];
}

const MULTIPART_DAYS = 7;
/** Name of the filter that takes in every request. */
const REQUESTS_FILTER = "all-requests";
const READ = ["s3:GetObject", "s3:GetObjectVersion"] as const;
const WRITE = ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"] as const;

/** What a service may do with the bucket; the same for a created and an adopted one. */
class BucketAccess implements Bindable {
  constructor(
    private readonly bucketName: string,
    private readonly ids: { readonly id: pulumi.Input<string>; readonly arn: pulumi.Input<string>; readonly keyArn: pulumi.Input<string> },
    private readonly region: string,
  ) {}

  bind(consumer: Consumer, access: BoundAccess): Binding {
    if (access !== "read" && access !== "write")
      throw new Error(`${consumer.name} cannot ${access} bucket ${this.bucketName}; give read or write`);
    const { id, arn, keyArn } = this.ids;
    const writes = access === "write";
    // Without statement ids: a service may be bound to several buckets, and ids would clash.
    const statements: Statement[] = [
      { Effect: "Allow", Action: "s3:ListBucket", Resource: arn },
      { Effect: "Allow", Action: writes ? [...READ, ...WRITE] : READ, Resource: pulumi.interpolate`${arn}/*` },
      {
        Effect: "Allow",
        Action: writes ? ["kms:Decrypt", "kms:GenerateDataKey"] : "kms:Decrypt",
        Resource: keyArn,
        // With a bucket key the context is the bucket's ARN (S3 user guide, "Reducing the cost of SSE-KMS with bucket keys", 2026-11).
        Condition: { StringEquals: { "kms:EncryptionContext:aws:s3:arn": arn, "kms:ViaService": `s3.${this.region}.amazonaws.com` } },
      },
    ];
    return {
      to: this.bucketName,
      kind: "bucket",
      access,
      variables: { [variablePrefix(this.bucketName, "BUCKET")]: id },
      statements,
      ready: [],
    };
  }
}

/**
 * A bucket of a service, for files that are written once and read often: versioned, encrypted with a customer key, TLS only, not public.
 * It tells EventBridge of every new object. A bucket has one notification configuration, and a second resource for it would silently
 * overwrite the first; this component owns it, and triggers only add rules to EventBridge, so two owners cannot come about.
 *
 * Cost: 0.023 USD a GB-month in us-east-1 (Amazon S3 pricing, 2026-11), older versions included; requests and key use are few with a bucket key.
 */
export class ServiceBucket extends pulumi.ComponentResource implements ObservedStore, UploadSource {
  public readonly id: pulumi.Output<string>;
  public readonly arn: pulumi.Output<string>;
  public readonly sendsEvents: readonly pulumi.Resource[];
  public readonly observed: ObservedBucket;
  /** What `adopt` takes in another project. */
  public readonly ids: ServiceBucketIds;

  private readonly access: BucketAccess;
  /** Options of what guards the bucket and lets old versions expire: where it stays, they stay with it. */
  private readonly part: pulumi.CustomResourceOptions;

  constructor(
    private readonly name: string,
    args: ServiceBucketArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("strata:persistence:ServiceBucket", name, {}, options);
    this.part = { parent: this, retainOnDelete: outliving(args.context).retainOnDelete };
    const bucket = this.createBucket(args);
    this.id = bucket.bucket;
    this.arn = bucket.arn;
    const closed = this.blockPublicAccess();
    const versioning = this.keepVersions();
    this.encrypt(args);
    this.expire(args, versioning);
    this.admitOnlyTls(args, closed);
    if (args.accessLogs) this.logAccess(args.accessLogs);
    this.observed = { kind: "bucket", name, bucketName: this.id, filterId: this.measureRequests(args) };
    this.sendsEvents = [new aws.s3.BucketNotification(name, { bucket: this.id, eventbridge: true }, { parent: this })];
    this.ids = { bucketName: args.bucketName, id: this.id, keyArn: args.keyArn, region: args.context.region };
    this.access = new BucketAccess(args.bucketName, { id: this.id, arn: this.arn, keyArn: args.keyArn }, args.context.region);
    this.registerOutputs({ id: this.id, arn: this.arn });
  }

  /**
   * A bucket that exists already stands in for a created one. Its notifications stay its owner's: to start services from it, the owner turns
   * EventBridge on.
   */
  static adopt({ bucketName, id, keyArn, region }: ServiceBucketIds): Bindable & UploadSource {
    const access = new BucketAccess(bucketName, { id, arn: pulumi.interpolate`arn:aws:s3:::${id}`, keyArn }, region);
    return { id: pulumi.output(id), sendsEvents: [], bind: (consumer, wanted) => access.bind(consumer, wanted) };
  }

  bind(consumer: Consumer, access: BoundAccess): Binding {
    return this.access.bind(consumer, access);
  }

  private createBucket({ context, notLoggedBecause, transform }: ServiceBucketArgs): aws.s3.Bucket {
    const { durable } = context;
    const backup = backupTag(context, "copied");
    return new aws.s3.Bucket(
      ...bend<aws.s3.BucketArgs>(
        transform?.bucket,
        this.name,
        { forceDestroy: !durable, tags: notLoggedBecause === undefined ? backup : { ...backup, "strata:because": notLoggedBecause } },
        { parent: this, ...outliving(context) },
      ),
    );
  }

  /** S3 publishes no metric of requests unless asked to, and charges for each: it is asked to where errors must be seen. */
  private measureRequests({ context }: ServiceBucketArgs): pulumi.Output<string> | undefined {
    if (!context.durable) return undefined;
    return new aws.s3.BucketMetric(this.name, { bucket: this.id, name: REQUESTS_FILTER }, { parent: this }).name;
  }

  private blockPublicAccess(): aws.s3.BucketPublicAccessBlock {
    return new aws.s3.BucketPublicAccessBlock(
      this.name,
      { bucket: this.id, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      this.part,
    );
  }

  private keepVersions(): aws.s3.BucketVersioning {
    return new aws.s3.BucketVersioning(this.name, { bucket: this.id, versioningConfiguration: { status: "Enabled" } }, this.part);
  }

  private encrypt({ keyArn }: ServiceBucketArgs): void {
    new aws.s3.BucketServerSideEncryptionConfiguration(
      this.name,
      {
        bucket: this.id,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn }, bucketKeyEnabled: true }],
      },
      this.part,
    );
  }

  private expire({ noncurrentDays, expireDays, transform }: ServiceBucketArgs, versioning: aws.s3.BucketVersioning): void {
    new aws.s3.BucketLifecycleConfiguration(
      ...bend<aws.s3.BucketLifecycleConfigurationArgs>(
        transform?.lifecycle,
        this.name,
        {
          bucket: this.id,
          rules: [
            {
              id: "expire",
              status: "Enabled",
              filter: {},
              noncurrentVersionExpiration: { noncurrentDays },
              abortIncompleteMultipartUpload: { daysAfterInitiation: MULTIPART_DAYS },
              ...(expireDays !== undefined && { expiration: { days: expireDays } }),
            },
          ],
        },
        // Rules on older versions want versioning to be on.
        { ...this.part, dependsOn: [versioning] },
      ),
    );
  }

  private admitOnlyTls({ transform }: ServiceBucketArgs, closed: aws.s3.BucketPublicAccessBlock): void {
    const everything = [this.arn, pulumi.interpolate`${this.arn}/*`];
    new aws.s3.BucketPolicy(
      ...bend<aws.s3.BucketPolicyArgs>(
        transform?.policy,
        this.name,
        {
          bucket: this.id,
          policy: policyDocument([
            {
              Sid: "TlsOnly",
              Effect: "Deny",
              Principal: "*",
              Action: "s3:*",
              Resource: everything,
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
            {
              // A header of the request would win over the bucket's own encryption; a request without one gets the bucket's.
              Sid: "CustomerKeyOnly",
              Effect: "Deny",
              Principal: "*",
              Action: "s3:PutObject",
              Resource: pulumi.interpolate`${this.arn}/*`,
              Condition: {
                Null: { "s3:x-amz-server-side-encryption": "false" },
                StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
              },
            },
          ]),
        },
        // S3 answers OperationAborted when policy and public access block of one bucket change at the same time.
        { ...this.part, dependsOn: [closed] },
      ),
    );
  }

  private logAccess({ bucket, prefix }: NonNullable<ServiceBucketArgs["accessLogs"]>): void {
    new aws.s3.BucketLogging(this.name, { bucket: this.id, targetBucket: bucket, targetPrefix: prefix }, { parent: this });
  }
}
