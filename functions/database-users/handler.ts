import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type DatabaseEngine } from "./engine";
import { provision, type Server } from "./provision";
import { readRequest } from "./request";
import { rotate } from "./rotate";
import { Secrets } from "./secrets";

/** What the caller gets back; it ends in Pulumi's state, and holds no secret. */
export interface Answer {
  /** What was changed, in words; empty when everything was as wanted. */
  readonly changed: readonly string[];
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`variable ${name} is not set`);
  return value;
}

/**
 * Answers one request for one server.
 * @throws {Error} what went wrong, without any password: it ends in the function's log and in whatever called it.
 */
export async function answer(event: unknown, server: Server, secrets: Secrets): Promise<Answer> {
  try {
    const request = readRequest(event);
    if ("step" in request) {
      await rotate(server, secrets, request);
      return { changed: [] };
    }
    return { changed: await provision(server, secrets, request) };
  } catch (error) {
    throw secrets.seen.cleanError(error);
  }
}

/** The handler of a function that looks after one server of a kind; Lambda's variables say which. */
export function handlerFor(engine: DatabaseEngine): (event: unknown) => Promise<Answer> {
  const secrets = new Secrets(new SecretsManagerClient({}));
  return (event) =>
    answer(
      event,
      {
        engine,
        host: variable("DATABASE_HOST"),
        port: Number(variable("DATABASE_PORT")),
        masterSecretArn: variable("MASTER_SECRET_ARN"),
      },
      secrets,
    );
}
