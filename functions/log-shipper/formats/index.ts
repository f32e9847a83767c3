import { type LogFormat } from "../line";
import { BROKER_LOG } from "./broker-log";
import { BUCKET_ACCESS_LOG } from "./bucket-access";
import { DISTRIBUTION_LOG } from "./distribution-log";
import { FLOW_LOG } from "./flow-log";
import { LOAD_BALANCER_LOG } from "./load-balancer";
import { LOG_GROUP } from "./log-group";
import { preparedFormat } from "./prepared";
import { WAREHOUSE_AUDIT_LOG } from "./warehouse-audit";

const WRITTEN_BY_AWS: readonly LogFormat[] = [
  LOG_GROUP,
  LOAD_BALANCER_LOG,
  FLOW_LOG,
  BUCKET_ACCESS_LOG,
  BROKER_LOG,
  WAREHOUSE_AUDIT_LOG,
  DISTRIBUTION_LOG,
];
const FORMATS: readonly LogFormat[] = [preparedFormat(WRITTEN_BY_AWS), ...WRITTEN_BY_AWS];

/** The format of a file, which its key tells; undefined for one that no known writer made. */
export function formatOf(key: string): LogFormat | undefined {
  return FORMATS.find((format) => format.matches(key));
}
