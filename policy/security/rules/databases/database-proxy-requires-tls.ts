import { unlessOn } from "../../../lib/expect";
import { judge } from "../../../lib/finding";
import { resourceRule } from "../../../lib/rule";

export const databaseProxyRequiresTls = resourceRule({
  id: "database-proxy-requires-tls",
  title: "Every database proxy refuses connections in the clear",
  severity: "high",
  why: "A proxy speaks TLS to its database whatever it speaks to its clients: requiring it at the database alone leaves the way to the proxy open.",
  fix: "Set requireTls to true; it is off where it is left out.",
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html#rds-proxy-security.tls"],
  frameworks: [{ name: "FSBP", id: "RDS.43" }],
  types: ["aws:rds/proxy:Proxy"],
  check: (proxy) => [
    judge(proxy, `${proxy.name} takes connections in the clear`, unlessOn(proxy, "requireTls", false, "requireTls is off")),
  ],
});
