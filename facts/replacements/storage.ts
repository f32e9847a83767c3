import type * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as cognito from "@pulumi/aws/cognito";
import type * as ebs from "@pulumi/aws/ebs";
import type * as efs from "@pulumi/aws/efs";
import type * as kms from "@pulumi/aws/kms";
import type * as s3 from "@pulumi/aws/s3";
import type * as secretsmanager from "@pulumi/aws/secretsmanager";
import { type Replacement, replacement } from "./replacement";

/** Buckets, volumes, keys, secrets, users and logs. */
export const STORAGE_REPLACEMENTS: Readonly<Record<string, Replacement>> = {
  "aws:s3/bucket:Bucket": replacement<s3.BucketArgs>("s3/bucket", true, ["region", "bucket", "bucketPrefix", "objectLockEnabled"]),
  // The object under another key is another one; files of programs have a key for each content.
  "aws:s3/bucketObjectv2:BucketObjectv2": replacement<s3.BucketObjectv2Args>("s3/object", false, ["region", "bucket", "key"]),
  "aws:efs/fileSystem:FileSystem": replacement<efs.FileSystemArgs>("efs/file_system", true, [
    "region",
    "availabilityZoneName",
    "creationToken",
    "encrypted",
    "kmsKeyId",
    "performanceMode",
  ]),
  "aws:efs/mountTarget:MountTarget": replacement<efs.MountTargetArgs>("efs/mount_target", false, [
    "region",
    "fileSystemId",
    "ipAddress",
    "subnetId",
  ]),
  "aws:ebs/volume:Volume": replacement<ebs.VolumeArgs>("ec2/ebs_volume", true, [
    "region",
    "availabilityZone",
    "encrypted",
    "kmsKeyId",
    "multiAttachEnabled",
    "outpostArn",
    "snapshotId",
  ]),
  // What a key encrypted is lost with it.
  "aws:kms/key:Key": replacement<kms.KeyArgs>("kms/key", true, [
    "region",
    "customKeyStoreId",
    "customerMasterKeySpec",
    "keyUsage",
    "multiRegion",
    "xksKeyId",
  ]),
  "aws:kms/alias:Alias": replacement<kms.AliasArgs>("kms/alias", false, ["region", "name", "namePrefix"]),
  "aws:secretsmanager/secret:Secret": replacement<secretsmanager.SecretArgs>("secretsmanager/secret", true, [
    "region",
    "name",
    "namePrefix",
  ]),
  // Attributes (`schemas`) are only added: what is changed or taken away is an error of the update, not another pool.
  "aws:cognito/userPool:UserPool": replacement<cognito.UserPoolArgs>("cognitoidp/user_pool", true, [
    "region",
    "aliasAttributes",
    "name",
    "usernameAttributes",
    "usernameConfiguration.caseSensitive",
  ]),
  // What was logged goes with its group, but nothing that runs reads it back.
  "aws:cloudwatch/logGroup:LogGroup": replacement<cloudwatch.LogGroupArgs>("logs/group", false, [
    "region",
    "logGroupClass",
    "name",
    "namePrefix",
  ]),
};
