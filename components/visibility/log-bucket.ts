import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bend, type Transform } from "../transform";

/** AWS's own writers of log files, by the service principal each writes as. */
export type LogWriter = "delivery.logs.amazonaws.com" | "logdelivery.elasticloadbalancing.amazonaws.com";

export interface LogBucketArgs {
  /** The AWS service that writes here; nobody else may. */
  readonly writer: LogWriter;
  /** Days a file is kept. */
  readonly retentionDays: number;
  /** True keeps the bucket and its files when the stack is destroyed. */
  readonly durable: boolean;
  readonly transform?: { readonly bucket?: Transform<aws.s3.BucketArgs> };
}

const MULTIPART_DAYS = 7;

/**
 * A bucket that one AWS service writes log files to: TLS only, no public access, files expire.
 * Encrypted with S3's own key, because load balancers refuse to write to a bucket with a customer key
 * (Elastic Load Balancing user guide, "Enable access logs", 2026-11).
 *
 * Cost: S3 storage of what is kept.
 */
export class LogBucket extends pulumi.ComponentResource {
  public readonly bucket: aws.s3.Bucket;
  public readonly arn: pulumi.Output<string>;
  public readonly id: pulumi.Output<string>;
  /** A writer is refused until this exists: make what writes depend on it. */
  public readonly policy: aws.s3.BucketPolicy;

  constructor(name: string, args: LogBucketArgs, options?: pulumi.ComponentResourceOptions) {
    super("strata:visibility:LogBucket", name, {}, options);
    this.bucket = new aws.s3.Bucket(
      ...bend<aws.s3.BucketArgs>(
        args.transform?.bucket,
        name,
        { forceDestroy: !args.durable },
        { parent: this, retainOnDelete: args.durable, protect: args.durable },
      ),
    );
    this.id = this.bucket.bucket;
    this.arn = this.bucket.arn;
    const access = this.blockPublicAccess(name);
    this.encrypt(name);
    this.expire(name, args.retentionDays);
    this.policy = this.admit(name, args.writer, access);
    this.registerOutputs({ id: this.id, arn: this.arn });
  }

  private blockPublicAccess(name: string): aws.s3.BucketPublicAccessBlock {
    return new aws.s3.BucketPublicAccessBlock(
      name,
      { bucket: this.id, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      { parent: this },
    );
  }

  private encrypt(name: string): void {
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { bucket: this.id, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: true }] },
      { parent: this },
    );
  }

  private expire(name: string, days: number): void {
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket: this.id,
        rules: [
          {
            id: "expire",
            status: "Enabled",
            filter: {},
            expiration: { days },
            abortIncompleteMultipartUpload: { daysAfterInitiation: MULTIPART_DAYS },
          },
        ],
      },
      { parent: this },
    );
  }

  private admit(name: string, writer: LogWriter, access: aws.s3.BucketPublicAccessBlock): aws.s3.BucketPolicy {
    const policy = this.arn.apply((arn) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          { Sid: "Write", Effect: "Allow", Principal: { Service: writer }, Action: "s3:PutObject", Resource: `${arn}/*` },
          { Sid: "Inspect", Effect: "Allow", Principal: { Service: writer }, Action: ["s3:GetBucketAcl", "s3:ListBucket"], Resource: arn },
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
    return new aws.s3.BucketPolicy(name, { bucket: this.id, policy }, { parent: this, dependsOn: [access] });
  }
}
