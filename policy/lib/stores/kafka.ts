import { read, type Resource, text } from "../resource";

/** Whether the brokers of a cluster are Express ones; undefined when their type is not known. */
export function isExpress(cluster: Resource): boolean | undefined {
  return text(read(cluster, BROKER_TYPE))?.startsWith("express.");
}

export const BROKER_TYPE = "brokerNodeGroupInfo.instanceType";
