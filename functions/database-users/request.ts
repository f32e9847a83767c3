import { type Wanted } from "./engine";

/** What Pulumi asks for, once for each service of a server. */
export interface UsersRequest extends Wanted {
  readonly action: "create" | "update" | "delete";
  /** ARN of the service's secret. */
  readonly secretArn: string;
}

/** What Secrets Manager asks for: user guide, "Rotation by Lambda function" (2026-11). */
export interface RotationRequest {
  readonly step: "createSecret" | "setSecret" | "testSecret" | "finishSecret";
  readonly secretArn: string;
  readonly token: string;
}

const ACTIONS = ["create", "update", "delete"] as const;
const STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"] as const;
// Names go into statements that take no parameters; quoting is the second line of defence.
const NAME = /^[a-z][a-z0-9_]{0,62}$/;

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

function wrong(what: string): Error {
  return new Error(`request: ${what}`);
}

function oneOf<Value extends string>(fields: Fields, key: string, values: readonly Value[]): Value {
  const found = values.find((value) => value === fields[key]);
  if (found === undefined) throw wrong(`${key} is not one of ${values.join(", ")}`);
  return found;
}

function text(fields: Fields, key: string): string {
  const value = fields[key];
  if (typeof value !== "string" || value === "") throw wrong(`${key} is missing`);
  return value;
}

function name(value: unknown, key: string): string {
  if (typeof value !== "string" || !NAME.test(value)) throw wrong(`${key} is not a name of a-z, 0-9 and _`);
  return value;
}

/**
 * Reads what the function was called with.
 * @throws {Error} when it is neither of the two requests.
 */
export function readRequest(event: unknown): UsersRequest | RotationRequest {
  if (!isFields(event)) throw wrong("is not an object");
  if ("Step" in event)
    return { step: oneOf(event, "Step", STEPS), secretArn: text(event, "SecretId"), token: text(event, "ClientRequestToken") };
  // What the provider adds to the input of an invocation that follows the life of its resource.
  const lifecycle = event["tf"];
  if (!isFields(lifecycle)) throw wrong("says neither a step nor an action");
  const users = event["users"];
  if (!Array.isArray(users) || users.length === 0) throw wrong("users is empty");
  return {
    action: oneOf(lifecycle, "action", ACTIONS),
    secretArn: text(event, "secretArn"),
    database: name(event["database"], "database"),
    access: oneOf(event, "access", ["read", "write"]),
    users: users.map((user) => name(user, "users")),
    ...(event["iamUser"] !== undefined && { iamUser: name(event["iamUser"], "iamUser") }),
  };
}
