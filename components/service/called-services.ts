import { type Descriptor } from "./descriptor";
import { type Need } from "./needs";

/**
 * A warehouse is asked through the Data API, or over SQL with a password of fifteen minutes that the API of its mode gives; a descriptor does
 * not say which mode it is.
 */
const WAREHOUSE_APIS = ["redshift-data", "redshift", "redshift-serverless"] as const;

/** How services sign in to what AWS may run for them or not: by their role, or with a password that they read at run time. */
export interface SignIns {
  readonly cache: "role" | "password";
  readonly topic: "role" | "password";
}

const BY_PASSWORD: SignIns = { cache: "password", topic: "password" };

function byPassword(signIn: SignIns[keyof SignIns]): readonly string[] {
  return signIn === "password" ? ["secretsmanager"] : [];
}

/** Services, by the names of their endpoints, that code calls by itself to use what it needs. */
function apisOf(need: Need, signIns: SignIns): readonly string[] {
  if ("bucket" in need) return ["s3"];
  if ("table" in need) return ["dynamodb"];
  if ("warehouse" in need) return WAREHOUSE_APIS;
  if ("queue" in need && (need.broker ?? "sqs") === "sqs") return ["sqs"];
  if ("cache" in need) return byPassword(signIns.cache);
  if ("topic" in need) return byPassword(signIns.topic);
  return "secret" in need || "store" in need || "queue" in need ? ["secretsmanager"] : [];
}

/**
 * AWS services that a service's own code calls, by the names of their endpoints in a VPC. Without an endpoint they are reached over the
 * internet; a binding whose service cannot be called is of no use.
 * @param signIns default: by password, as to what somebody else runs.
 */
export function calledServices({ needs = [] }: Pick<Descriptor, "needs">, signIns: SignIns = BY_PASSWORD): readonly string[] {
  return [...new Set(needs.flatMap((need) => apisOf(need, signIns)))];
}
