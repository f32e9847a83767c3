import { LAUNCH_TEMPLATE } from "./launch-templates";
import { ifAsked } from "../asked";
import type { Finding } from "../finding";
import { read, type Resource, text } from "../resource";

export const INSTANCE = "aws:ec2/instance:Instance";
export const SPOT_REQUEST = "aws:ec2/spotInstanceRequest:SpotInstanceRequest";
export const LAUNCH_CONFIGURATION = "aws:ec2/launchConfiguration:LaunchConfiguration";
export const SCALING_GROUP = "aws:autoscaling/group:Group";

/** Everything that says how instances are started. */
export const INSTANCE_TYPES = [INSTANCE, SPOT_REQUEST, LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE];

/** Whether what it leaves out is said by a launch template that it is started from. */
export function hasTemplate(instance: Resource): boolean {
  return read(instance, "launchTemplate").state !== "absent";
}

/** What is found in the metadata service of an instance: nothing where that is turned off. Left out, it is on. */
export function ifServed(instance: Resource, findings: readonly Finding[]): readonly Finding[] {
  const property = "metadataOptions.httpEndpoint";
  const endpoint = read(instance, property);
  if (text(endpoint) === "disabled") return [];
  return ifAsked(endpoint.state === "unknown" ? undefined : true, findings, { what: `${property} is not known yet`, property });
}
