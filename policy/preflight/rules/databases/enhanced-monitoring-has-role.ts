import { MONITORING_INTERVALS } from "../../../../facts/rds-engines";
import { notKnown } from "../../../lib/expect";
import type { Finding } from "../../../lib/finding";
import { read, type Resource } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { amount, isSet, unlessOneOf } from "../../../lib/settings/amounts";
import { refused } from "../../../lib/settings/refused";
import { DB_CLUSTER, DB_MEMBER } from "../../../lib/stores/databases";
import { DB_INSTANCE } from "../../../lib/stores/store-rule";

const INTERVAL = "monitoringInterval";
const ROLE = "monitoringRoleArn";

/** Left out, the interval is 0: enhanced monitoring is off. */
export const enhancedMonitoringHasRole = resourceRule({
  id: "enhanced-monitoring-has-role",
  title: "A database with enhanced monitoring has the role it reports by, and an interval that RDS has",
  severity: "medium",
  why: "RDS refuses an interval without a role, a role without an interval, and any interval but the seven it knows.",
  fix: `Set ${ROLE} to a role that monitoring.rds.amazonaws.com may assume, and ${INTERVAL} to 1, 5, 10, 15, 30 or 60; or leave both out.`,
  links: ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html"],
  frameworks: [],
  types: [DB_INSTANCE, DB_CLUSTER, DB_MEMBER],
  check: (database) => [refused(database, [...unlessOneOf(database, INTERVAL, MONITORING_INTERVALS.seconds), ...role(database)])],
});

function role(database: Resource): Finding[] {
  const reading = read(database, INTERVAL);
  const hasRole = isSet(database, ROLE);
  // Whatever the interval is, having none of both or a role to it decides.
  if (reading.state === "unknown") return hasRole ? [] : [notKnown(INTERVAL)];
  const on = (amount(reading) ?? 0) !== 0;
  if (on && !hasRole) return [{ what: `${INTERVAL} is ${amount(reading)} and ${ROLE} is absent`, property: ROLE }];
  return hasRole && !on ? [{ what: `${ROLE} is set and ${INTERVAL} is 0`, property: INTERVAL }] : [];
}
