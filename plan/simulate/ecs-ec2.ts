import { arn, autoName, ec2Id, globalArn, hex, uuid } from "./identifiers";
import { arnAsId, ec2, named, type Simulate, text } from "./shapes";

const launchTemplate: Simulate = (inputs, place) => {
  const id = ec2Id(place, "lt");
  return {
    id,
    outputs: { name: named(inputs, place), arn: arn(place, "ec2", `launch-template/${id}`), latestVersion: 1, defaultVersion: 1 },
  };
};

const autoScalingGroup: Simulate = (inputs, place) => {
  const name = named(inputs, place);
  return { id: name, outputs: { name, arn: arn(place, "autoscaling", `autoScalingGroup:${uuid(place)}:autoScalingGroupName/${name}`) } };
};

const instanceProfile: Simulate = (inputs, place) => {
  const name = named(inputs, place);
  return {
    id: name,
    outputs: { name, arn: globalArn(place, "iam", `instance-profile/${name}`), uniqueId: `AIPA${hex(place, 17).toUpperCase()}` },
  };
};

/** Names that AWS gives the roles of its services (IAM user guide, "AWS services that work with IAM", 2026-11). */
const SERVICE_ROLES: Readonly<Record<string, string>> = { "autoscaling.amazonaws.com": "AWSServiceRoleForAutoScaling" };

const serviceLinkedRole: Simulate = (inputs, place) => {
  const service = text(inputs["awsServiceName"], "");
  const suffix = inputs["customSuffix"];
  const name = `${SERVICE_ROLES[service] ?? autoName(place)}${typeof suffix === "string" ? `_${suffix}` : ""}`;
  const path = `/aws-service-role/${service}/`;
  const id = globalArn(place, "iam", `role${path}${name}`);
  return { id, outputs: { arn: id, name, path, uniqueId: `AROA${hex(place, 17).toUpperCase()}` } };
};

const grant: Simulate = (inputs, place) => {
  const grantId = hex(place, 64);
  return { id: `${text(inputs["keyId"], "key")}:${grantId}`, outputs: { grantId } };
};

/** What ECS on EC2 is made of, by type token. */
export const ECS_EC2_RESOURCES: Readonly<Record<string, Simulate>> = {
  "aws:autoscaling/group:Group": autoScalingGroup,
  "aws:ebs/volume:Volume": ec2("vol", "volume"),
  "aws:ec2/launchTemplate:LaunchTemplate": launchTemplate,
  "aws:ecs/accountSettingDefault:AccountSettingDefault": (inputs, place) => ({
    id: text(inputs["name"], place.name),
    outputs: { principalArn: globalArn(place, "iam", "root") },
  }),
  "aws:ecs/capacityProvider:CapacityProvider": arnAsId("ecs", (name) => `capacity-provider/${name}`),
  "aws:iam/instanceProfile:InstanceProfile": instanceProfile,
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": serviceLinkedRole,
  "aws:kms/grant:Grant": grant,
};
