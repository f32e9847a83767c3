import { type DurationTable, textIn, took, waits } from "./duration";

const KEYS = "https://docs.aws.amazon.com/kms/latest/developerguide/accessing-kms.html";
const DOMAIN = "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html";

/** Identities, keys, secrets, buckets, logs and alarms: what takes one call, or the wait until all of AWS knows it. */
export const ACCOUNT_DURATIONS: DurationTable = {
  "aws:iam/role:Role": waits("iam/role", 0.15, 0.1, 0.1),
  "aws:iam/policy:Policy": waits("iam/policy", 0.1, 0.05, 0.05),
  "aws:iam/rolePolicy:RolePolicy": waits("iam/role_policy", 0.05, 0.05, 0.05),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": waits("iam/role_policy_attachment", 0.05, 0.05, 0.05),
  "aws:iam/instanceProfile:InstanceProfile": waits("iam/instance_profile", 0.15, 0.1, 0.1),
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": waits("iam/service_linked_role", 0.2, 0.05, 0.3),
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": waits("iam/openid_connect_provider", 0.05, 0.05, 0.05),
  // The provider waits until every reader sees the key's policy, rotation and tags.
  "aws:kms/key:Key": took(KEYS, [0.3, 2], 0.3, 0.1),
  "aws:kms/alias:Alias": waits("kms/alias", 0.02, 0.02, 0.02),
  "aws:kms/grant:Grant": waits("kms/grant", 0.05, 0.05, 0.05),
  "aws:secretsmanager/secret:Secret": waits("secretsmanager/secret", 0.05, 0.05, 0.05),
  "aws:secretsmanager/secretVersion:SecretVersion": waits("secretsmanager/secret_version", 0.05, 0.05, 0.05),
  // Rotating at once runs the four steps of the function.
  "aws:secretsmanager/secretRotation:SecretRotation": ({ rotateImmediately }) =>
    waits("secretsmanager/secret_rotation", rotateImmediately === false ? 0.1 : 0.5, 0.1, 0.05),
  "aws:s3/bucket:Bucket": waits("s3/bucket", 0.1, 0.05, 0.1),
  "aws:s3/bucketPolicy:BucketPolicy": waits("s3/bucket_policy", 0.05, 0.05, 0.05),
  "aws:s3/bucketVersioning:BucketVersioning": waits("s3/bucket_versioning", 0.05, 0.05, 0.05),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": waits("s3/bucket_public_access_block", 0.05, 0.05, 0.05),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": waits(
    "s3/bucket_server_side_encryption_configuration",
    0.05,
    0.05,
    0.05,
  ),
  // The provider reads a lifecycle back until it is the same three times, ten seconds apart.
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": waits("s3/bucket_lifecycle_configuration", 0.5, 0.5, 0.5),
  "aws:s3/bucketNotification:BucketNotification": waits("s3/bucket_notification", 0.05, 0.05, 0.05),
  "aws:s3/bucketLogging:BucketLogging": waits("s3/bucket_logging", 0.05, 0.05, 0.05),
  "aws:s3/bucketMetric:BucketMetric": waits("s3/bucket_metric", 0.05, 0.05, 0.05),
  "aws:s3/bucketObjectv2:BucketObjectv2": waits("s3/object", 0.05, 0.05, 0.05),
  "aws:cloudwatch/logGroup:LogGroup": waits("logs/group", 0.05, 0.05, 0.05),
  "aws:cloudwatch/logStream:LogStream": waits("logs/stream", 0.02, 0.02, 0.02),
  "aws:cloudwatch/metricAlarm:MetricAlarm": waits("cloudwatch/metric_alarm", 0.03, 0.03, 0.03),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": waits("cloudwatch/composite_alarm", 0.03, 0.03, 0.03),
  "aws:cloudwatch/dashboard:Dashboard": waits("cloudwatch/dashboard", 0.02, 0.02, 0.02),
  "aws:cloudwatch/eventRule:EventRule": waits("events/rule", 0.05, 0.05, 0.05),
  "aws:cloudwatch/eventTarget:EventTarget": waits("events/target", 0.05, 0.05, 0.05),
  "aws:scheduler/schedule:Schedule": waits("scheduler/schedule", 0.05, 0.05, 0.05),
  "aws:appautoscaling/target:Target": waits("appautoscaling/target", 0.05, 0.05, 0.05),
  "aws:appautoscaling/policy:Policy": waits("appautoscaling/policy", 0.05, 0.05, 0.05),
  "aws:backup/vault:Vault": waits("backup/vault", 0.05, 0.05, 0.1),
  "aws:backup/plan:Plan": waits("backup/plan", 0.05, 0.05, 0.05),
  "aws:backup/selection:Selection": waits("backup/selection", 0.2, 0.05, 0.1),
  // A domain of one's own is a CloudFront distribution.
  "aws:cognito/userPoolDomain:UserPoolDomain": ({ certificateArn }) =>
    textIn(certificateArn) ? took(DOMAIN, [5, 60], [5, 60], 1) : waits("cognitoidp/user_pool_domain", 0.1, 0.1, 0.1),
};
