import { type DatabaseEngine, type Login } from "./engine";
import { newPassword } from "./password";
import { type UsersRequest } from "./request";
import { CURRENT, type Secrets, type ServiceSecret } from "./secrets";

/** The server the function looks after, and how it signs in as the master user. */
export interface Server {
  readonly engine: DatabaseEngine;
  readonly host: string;
  readonly port: number;
  /** ARN of the secret that RDS keeps for the master user. */
  readonly masterSecretArn: string;
  readonly certificates?: string;
}

/** The master user's login, read anew each time because RDS rotates it. */
export async function adminLogin(server: Server, secrets: Secrets): Promise<Login> {
  const { host, port, certificates, engine, masterSecretArn } = server;
  const { username, password } = await secrets.credentials(masterSecretArn);
  return { host, port, username, password, database: engine.entrance, ...(certificates !== undefined && { certificates }) };
}

/** How a service signs in with what its secret holds. */
export function serviceLogin(server: Server, { username, password, dbname }: ServiceSecret): Login {
  const { host, port, certificates } = server;
  return { host, port, username, password, database: dbname, ...(certificates !== undefined && { certificates }) };
}

/**
 * Brings a service's database, users and secret to what is wanted, from wherever they are: an interrupted run is simply repeated.
 * The secret is written before the server is told, so that the next run finds the password that has to be set.
 * @returns what was changed, in words; empty when nothing was.
 */
export async function provision(server: Server, secrets: Secrets, request: UsersRequest): Promise<readonly string[]> {
  const { engine } = server;
  const admin = await adminLogin(server, secrets);
  if (request.action === "delete") {
    await engine.retire(admin, request);
    return [`${request.users.join(", ")} retired`];
  }
  const changed = [...(await engine.ensure(admin, request))];
  const secret = await currentSecret(server, secrets, request, changed);
  if (!(await engine.signsIn(serviceLogin(server, secret)))) {
    await engine.setPassword(admin, secret.username, secret.password);
    changed.push(`password of ${secret.username}`);
  }
  return changed;
}

/** The service's secret, written when it is empty or belongs to a server, database or access that is no longer the one. */
async function currentSecret(server: Server, secrets: Secrets, request: UsersRequest, changed: string[]): Promise<ServiceSecret> {
  const { engine, host, port } = server;
  const [firstUser] = request.users;
  if (firstUser === undefined) throw new Error("request: users is empty");
  const found = await secrets.read(request.secretArn, CURRENT);
  const user = request.users.find((name) => found && userOf(found.username) === name) ?? firstUser;
  const secret: ServiceSecret = {
    engine: engine.name,
    host,
    port,
    dbname: engine.entranceIsDatabase ? engine.entrance : request.database,
    username: engine.usernameOf(user, request),
    password: found?.password ?? newPassword(),
  };
  if (found && JSON.stringify(sorted(found)) === JSON.stringify(sorted(secret))) return found;
  await secrets.write(request.secretArn, secret, CURRENT);
  changed.push("secret");
  return secret;
}

/** The user a secret's `username` stands for: Oracle's names the schema it works in too, as `user[schema]`. */
export function userOf(username: string): string {
  return username.replace(/\[.*\]$/, "");
}

function sorted(secret: ServiceSecret): [string, unknown][] {
  return Object.entries(secret).sort(([one], [other]) => one.localeCompare(other));
}
