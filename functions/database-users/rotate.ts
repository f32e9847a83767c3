import { newPassword } from "./password";
import { adminLogin, type Server, serviceLogin } from "./provision";
import { type RotationRequest } from "./request";
import { CURRENT, PENDING, type Secrets, type ServiceSecret } from "./secrets";

/**
 * The other of a service's two users. While one is in use the other gets its new password, so that whoever still holds the old one stays
 * connected, and can connect again, until the rotation after: no request fails because a password has just changed
 * (Secrets Manager user guide, "Lambda function rotation strategies: alternating users", 2026-11).
 */
export function otherUser(username: string): string {
  const parts = /^(.+)_([ab])(\[.*\])?$/.exec(username);
  if (!parts) throw new Error(`user ${username} is not one of a pair`);
  const [, stem, letter, schema = ""] = parts;
  return `${stem}_${letter === "a" ? "b" : "a"}${schema}`;
}

/**
 * One step of a rotation. Each can be repeated: Secrets Manager calls a step again when it failed.
 * @throws {Error} when the secret is not in the state the step belongs to.
 */
export async function rotate(server: Server, secrets: Secrets, { step, secretArn, token }: RotationRequest): Promise<void> {
  const versions = await secrets.versions(secretArn);
  const stages = versions[token];
  if (!stages) throw new Error(`secret ${secretArn} has no version ${token} to rotate to`);
  if (stages.includes(CURRENT)) return;
  if (!stages.includes(PENDING)) throw new Error(`version ${token} of secret ${secretArn} is not pending`);
  switch (step) {
    case "createSecret":
      return createSecret(secrets, secretArn, token);
    case "setSecret":
      return setSecret(server, secrets, secretArn, token);
    case "testSecret":
      return testSecret(server, secrets, secretArn, token);
    case "finishSecret": {
      const current = Object.keys(versions).find((version) => versions[version]?.includes(CURRENT));
      return secrets.promote(secretArn, token, current);
    }
  }
}

async function createSecret(secrets: Secrets, arn: string, token: string): Promise<void> {
  const current = await required(secrets, arn, CURRENT);
  if (await secrets.read(arn, PENDING, token)) return;
  await secrets.write(arn, { ...current, username: otherUser(current.username), password: newPassword() }, PENDING, token);
}

async function setSecret(server: Server, secrets: Secrets, arn: string, token: string): Promise<void> {
  const current = await required(secrets, arn, CURRENT);
  const pending = await required(secrets, arn, PENDING, token);
  // Whoever can write the secret must not be able to have another user's password set.
  if (pending.username !== otherUser(current.username)) throw new Error(`secret ${arn} names a user that is not the other of its pair`);
  if (await server.engine.signsIn(serviceLogin(server, pending))) return;
  await server.engine.setPassword(await adminLogin(server, secrets), pending.username, pending.password);
}

async function testSecret(server: Server, secrets: Secrets, arn: string, token: string): Promise<void> {
  const pending = await required(secrets, arn, PENDING, token);
  if (!(await server.engine.signsIn(serviceLogin(server, pending))))
    throw new Error(`the pending version of secret ${arn} does not sign in`);
}

async function required(secrets: Secrets, arn: string, stage: string, version?: string): Promise<ServiceSecret> {
  const secret = await secrets.read(arn, stage, version);
  if (!secret) throw new Error(`secret ${arn} has no ${stage} version`);
  return secret;
}
