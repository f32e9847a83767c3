import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type Lasting, outliving } from "../platform-context";
import { bend, type Transform } from "../transform";
import { type LogArrivals } from "./logs/log-arrivals";

/** AWS's own writers of log files, by the service principal each writes as. */
export type LogWriter = "delivery.logs.amazonaws.com" | "logdelivery.elasticloadbalancing.amazonaws.com" | "logging.s3.amazonaws.com";

export interface LogBucketArgs extends Lasting {
  /** The AWS service that writes here by itself. Default: none; roles write by what IAM lets them. */
  readonly writer?: LogWriter;
  /** Days a file is kept: of the whole bucket, or by the start of the keys; other files are then kept for good. */
  readonly retentionDays: number | Readonly<Record<string, number>>;
  /** Key the files are encrypted with, which writers of AWS's own refuse. Default: S3's own. */
  readonly keyArn?: pulumi.Input<string>;
  /** What takes the files to the log store. Default: nothing does. */
  readonly arrivals?: LogArrivals;
  readonly transform?: { readonly bucket?: Transform<aws.s3.BucketArgs> };
}

const MULTIPART_DAYS = 7;
/** Days for which what a program of ours deleted or wrote over can be had back. */
const NONCURRENT_DAYS = 7;
/** Why the requests to a bucket that programs of ours write logs to are not logged: those lines would be logs that they write again. */
const NOT_LOGGED = "To log who writes logs would make more logs without end";

/**
 * A bucket of log files: TLS only, no public access, files expire. Where an AWS service writes, it is encrypted with S3's own key, because
 * load balancers and S3 itself refuse to write logs to a bucket with a customer key (Elastic Load Balancing user guide, "Enable access logs";
 * S3 user guide, "Enabling Amazon S3 server access logging", 2026-11).
 *
 * Cost: S3 storage of what is kept.
 */
export class LogBucket extends pulumi.ComponentResource {
  public readonly bucket: aws.s3.Bucket;
  public readonly arn: pulumi.Output<string>;
  public readonly id: pulumi.Output<string>;
  /** A writer is refused until this exists: make what writes depend on it. */
  public readonly policy: aws.s3.BucketPolicy;

  /** Options of what guards the bucket and lets its files expire: where it stays, they stay with it. */
  private readonly part: pulumi.CustomResourceOptions;

  constructor(name: string, args: LogBucketArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:visibility:LogBucket", name, {}, options);
    this.part = { parent: this, retainOnDelete: outliving(args).retainOnDelete };
    this.bucket = new aws.s3.Bucket(
      ...bend<aws.s3.BucketArgs>(
        args.transform?.bucket,
        name,
        { forceDestroy: !args.durable, ...(args.writer === undefined && { tags: { "strata:because": NOT_LOGGED } }) },
        { parent: this, ...outliving(args) },
      ),
    );
    this.id = this.bucket.bucket;
    this.arn = this.bucket.arn;
    const access = this.blockPublicAccess(name);
    this.encrypt(name, args.keyArn);
    this.keepVersions(name, args);
    this.expire(name, args);
    this.policy = this.admit(name, args.writer, access);
    args.arrivals?.watch(name, this, { parent: this });
    this.registerOutputs({ id: this.id, arn: this.arn });
  }

  private blockPublicAccess(name: string): aws.s3.BucketPublicAccessBlock {
    return new aws.s3.BucketPublicAccessBlock(
      name,
      { bucket: this.id, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      this.part,
    );
  }

  private encrypt(name: string, keyArn: LogBucketArgs["keyArn"]): void {
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      {
        bucket: this.id,
        rules: [
          {
            applyServerSideEncryptionByDefault: keyArn ? { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn } : { sseAlgorithm: "AES256" },
            bucketKeyEnabled: true,
          },
        ],
      },
      this.part,
    );
  }

  /** AWS's writers only add files; a program of ours may also delete them, by mistake too. */
  private keepVersions(name: string, args: LogBucketArgs): void {
    if (!isVersioned(args)) return;
    new aws.s3.BucketVersioning(name, { bucket: this.id, versioningConfiguration: { status: "Enabled" } }, this.part);
  }

  private expire(name: string, args: LogBucketArgs): void {
    const { retentionDays } = args;
    const expiring = typeof retentionDays === "number" ? { "": retentionDays } : retentionDays;
    const leftovers = {
      ...(isVersioned(args) && { noncurrentVersionExpiration: { noncurrentDays: NONCURRENT_DAYS } }),
      abortIncompleteMultipartUpload: { daysAfterInitiation: MULTIPART_DAYS },
    };

    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket: this.id,
        rules: [
          ...Object.entries(expiring).map(([prefix, days]) => ({
            id: prefix === "" ? "expire" : `expire-${prefix.replace(/\W+/g, "-").replace(/-$/, "")}`,
            status: "Enabled",
            filter: prefix === "" ? {} : { prefix },
            expiration: { days },
            ...(prefix === "" && leftovers),
          })),
          // Files that no prefix is about are kept for good; what is left of writing them is not.
          ...("" in expiring ? [] : [{ id: "leftovers", status: "Enabled", filter: {}, ...leftovers }]),
        ],
      },
      this.part,
    );
  }

  private admit(name: string, writer: LogWriter | undefined, access: aws.s3.BucketPublicAccessBlock): aws.s3.BucketPolicy {
    const policy = this.arn.apply((arn) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          ...(writer
            ? [
                { Sid: "Write", Effect: "Allow", Principal: { Service: writer }, Action: "s3:PutObject", Resource: `${arn}/*` },
                {
                  Sid: "Inspect",
                  Effect: "Allow",
                  Principal: { Service: writer },
                  Action: ["s3:GetBucketAcl", "s3:ListBucket"],
                  Resource: arn,
                },
              ]
            : []),
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [arn, `${arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    );
    // S3 answers OperationAborted when policy and public access block of one bucket change at the same time.
    return new aws.s3.BucketPolicy(name, { bucket: this.id, policy }, { ...this.part, dependsOn: [access] });
  }
}

function isVersioned({ writer, durable }: LogBucketArgs): boolean {
  return durable && writer === undefined;
}
