import { again, byIdentifier, byParent, byTags, type Findable, nothing, person } from "./findable";

/** How keys, secrets, logs, alarms and sign-ins are found. */
export const OTHER_FINDABLE: Readonly<Record<string, Findable>> = {
  "aws:acm/certificate:Certificate": byTags("acm:certificate", "{arn}"),
  "aws:acm/certificateValidation:CertificateValidation": nothing("it only waits for the certificate"),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": again("PutCompositeAlarm"),
  "aws:cloudwatch/dashboard:Dashboard": again("PutDashboard"),
  "aws:cloudwatch/eventRule:EventRule": again("PutRule"),
  "aws:cloudwatch/eventTarget:EventTarget": person("the targets of the rule: each creation may put one more, with an id of its own"),
  "aws:cloudwatch/logAccountPolicy:LogAccountPolicy": again("PutAccountPolicy"),
  "aws:cloudwatch/logGroup:LogGroup": byTags("logs:log-group", "{named}", { prefix: "namePrefix" }),
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": again("PutResourcePolicy"),
  "aws:cloudwatch/logStream:LogStream": byIdentifier(
    "AWS::Logs::LogStream",
    "{inputs.logGroupName}|{inputs.name}",
    "{inputs.logGroupName}:{inputs.name}",
    "import",
  ),
  "aws:cloudwatch/metricAlarm:MetricAlarm": again("PutMetricAlarm"),
  "aws:cognito/identityProvider:IdentityProvider": byIdentifier(
    "AWS::Cognito::UserPoolIdentityProvider",
    "{inputs.userPoolId}|{inputs.providerName}",
    "{inputs.userPoolId}:{inputs.providerName}",
  ),
  "aws:cognito/userPool:UserPool": byTags("cognito-idp:userpool", "{last}", {
    compared: { cloudFormation: "AWS::Cognito::UserPool", identifier: "{last}", properties: { UserPoolName: "name" } },
  }),
  "aws:cognito/userPoolClient:UserPoolClient": byParent(
    "AWS::Cognito::UserPoolClient",
    { UserPoolId: "userPoolId" },
    { ClientName: "name" },
    "{inputs.userPoolId}/{1}",
    "import",
  ),
  "aws:cognito/userPoolDomain:UserPoolDomain": byIdentifier(
    "AWS::Cognito::UserPoolDomain",
    "{inputs.userPoolId}|{inputs.domain}",
    "{inputs.domain}",
  ),
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": byIdentifier(
    "AWS::KinesisFirehose::DeliveryStream",
    "{inputs.name}",
    "arn:aws:firehose:{region}:{account}:deliverystream/{inputs.name}",
  ),
  // Its name has an end that only the creation knows; what the key is for is said in its alias.
  "aws:kms/alias:Alias": byParent("AWS::KMS::Alias", {}, { TargetKeyId: "targetKeyId" }, "{0}"),
  "aws:kms/grant:Grant": person("aws kms list-grants of the key, for one with this principal"),
  "aws:kms/key:Key": byTags("kms:key", "{last}", {
    compared: { cloudFormation: "AWS::KMS::Key", identifier: "{last}", properties: { Description: "description" } },
  }),
  "aws:secretsmanager/secret:Secret": byTags("secretsmanager:secret", "{arn}", { prefix: "namePrefix" }),
  "aws:secretsmanager/secretRotation:SecretRotation": again("RotateSecret"),
  "aws:secretsmanager/secretVersion:SecretVersion": again("PutSecretValue makes another version, which"),
};
