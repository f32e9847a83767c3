import { EXPIRED_AUTHORITIES } from "../../../../facts/database-names";
import { unless } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { read, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { DB_INSTANCE, RDS_CLUSTER, RDS_MEMBER } from "../../../lib/stores/store-rule";

/** Where nobody names one, AWS takes a current one. */
export const databaseCertificateIsCurrent = resourceRule({
  id: "database-certificate-is-current",
  title: "No database names a certificate authority that has expired",
  severity: "medium",
  why: "Clients that check the certificate can't connect, and whoever turns the check off to get on talks to anybody who answers.",
  fix: "Leave caCertIdentifier out (caCertificateIdentifier of a cluster), or set it to rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL-certificate-rotation.html"],
  frameworks: [{ name: "Checkov", id: "CKV_AWS_211" }],
  types: [DB_INSTANCE, RDS_MEMBER, RDS_CLUSTER, "aws:docdb/clusterInstance:ClusterInstance"],
  check: (database) => {
    const property = database.type === RDS_CLUSTER ? "caCertificateIdentifier" : "caCertIdentifier";
    const found = unless(database, property, {
      accepts: (value) => !EXPIRED_AUTHORITIES.names.some((name) => name === value),
      absent: "fine",
      what: `${property} is ${text(read(database, property)) ?? "none that AWS has"}`,
    });
    return [judge(database, `${database.name} has a certificate that has expired`, found)];
  },
});
