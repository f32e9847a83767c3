import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";

const PROPERTY = "clusterEndpointEncryptionType";

export const daxRequiresTls = resourceRule({
  id: "dax-requires-tls",
  title: "Every DAX cluster speaks TLS",
  severity: "medium",
  why: "DynamoDB itself is only reached over TLS; a DAX cluster without it carries the same items over the network for all to read.",
  fix: "Set clusterEndpointEncryptionType to TLS; an existing cluster must be made anew.",
  links: ["https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionInTransit.html"],
  frameworks: [
    { name: "FSBP", id: "DynamoDB.7" },
    { name: "Checkov", id: "CKV_AWS_239" },
  ],
  types: ["aws:dax/cluster:Cluster"],
  check: (cluster) => [
    judge(
      cluster,
      `${cluster.name} speaks in the clear`,
      unless(cluster, PROPERTY, { accepts: (value) => value === "TLS", absent: "wrong", what: `${PROPERTY} is not TLS` }),
    ),
  ],
});
