import assert from "node:assert/strict";
import { type Properties } from "../../../plan/graph";
import { ECS_EC2_RESOURCES } from "../../../plan/simulate/ecs-ec2";

const PLACE = { urn: "urn:pulumi:test::strata::t::workers", name: "workers", region: "us-east-1", accountId: "111122223333" };

function simulated(type: string, inputs: Properties = {}) {
  const simulate = ECS_EC2_RESOURCES[type];
  assert.ok(simulate, type);
  return simulate(inputs, PLACE);
}

describe("the simulation of ECS on EC2", () => {
  it("answers ids and ARNs in the shape AWS gives them", () => {
    const arn = (type: string, inputs?: Properties) => String(simulated(type, inputs).outputs["arn"]);
    const account = "us-east-1:111122223333";
    assert.match(simulated("aws:ec2/launchTemplate:LaunchTemplate").id, /^lt-0[0-9a-f]{16}$/);
    assert.match(
      arn("aws:autoscaling/group:Group"),
      new RegExp(
        `^arn:aws:autoscaling:${account}:autoScalingGroup:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:autoScalingGroupName/workers-[0-9a-f]{7}$`,
      ),
    );
    assert.match(
      arn("aws:ecs/capacityProvider:CapacityProvider"),
      new RegExp(`^arn:aws:ecs:${account}:capacity-provider/workers-[0-9a-f]{7}$`),
    );
    assert.match(arn("aws:iam/instanceProfile:InstanceProfile"), /^arn:aws:iam::111122223333:instance-profile\/workers-[0-9a-f]{7}$/);
    assert.equal(
      arn("aws:iam/serviceLinkedRole:ServiceLinkedRole", { awsServiceName: "autoscaling.amazonaws.com", customSuffix: "test-workers" }),
      "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling_test-workers",
    );
    assert.match(simulated("aws:kms/grant:Grant", { keyId: "key" }).id, /^key:[0-9a-f]{64}$/);
    assert.equal(simulated("aws:ecs/accountSettingDefault:AccountSettingDefault", { name: "awsvpcTrunking" }).id, "awsvpcTrunking");
  });
});
