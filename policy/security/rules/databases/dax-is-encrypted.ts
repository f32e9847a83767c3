import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";

const PROPERTY = "serverSideEncryption.enabled";

export const daxIsEncrypted = resourceRule({
  id: "dax-is-encrypted",
  title: "Every DAX cluster is encrypted at rest",
  severity: "medium",
  why: "What a table keeps encrypted stands in the clear on the disks of the cache before it, and encryption can't be turned on later.",
  fix: "Set serverSideEncryption.enabled to true; an existing cluster must be made anew.",
  links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionAtRest.html"],
  frameworks: [
    { name: "FSBP", id: "DynamoDB.3" },
    { name: "Checkov", id: "CKV_AWS_47" },
    { name: "AwsSolutions", id: "DDB4" },
  ],
  types: ["aws:dax/cluster:Cluster"],
  check: (cluster) => [
    judge(cluster, `${cluster.name} is not encrypted at rest`, unlessOn(cluster, PROPERTY, false, `${PROPERTY} is off`)),
  ],
});
