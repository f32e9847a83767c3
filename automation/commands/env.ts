import { resolve } from "node:path";
import { userInfo } from "node:os";
import {
  createEphemeral,
  type Destroyer,
  destroyEphemeral,
  type EphemeralEnvironment,
  ephemeralEnvironments,
  expiredEnvironments,
} from "../environments/ephemeral";
import { isExpired } from "../environments/expiry";

/** Options of `strata env create`. */
export interface EnvCreateOptions {
  readonly from: string;
  readonly expires: string;
  readonly owner?: string;
  readonly only: readonly string[];
  readonly budget?: string;
  readonly json: boolean;
  readonly cwd: string;
}

/** Options of the other commands about ephemeral environments. */
export interface EnvOptions {
  readonly json: boolean;
  readonly cwd: string;
}

function line({ name, from, owner, expires, cidr }: EphemeralEnvironment, now: Date): string {
  return `${name}  from ${from}, of ${owner}, ${isExpired(expires, now) ? "expired" : "until"} ${expires}, ${cidr}\n`;
}

function print(environments: readonly EphemeralEnvironment[], { json }: Pick<EnvOptions, "json">, none: string): void {
  const now = new Date();
  if (json) process.stdout.write(`${JSON.stringify(environments, undefined, 2)}\n`);
  else process.stdout.write(environments.length === 0 ? `${none}\n` : environments.map((one) => line(one, now)).join(""));
}

/** Makes the stack file of an ephemeral environment, and says what comes next. */
export function createEnv(name: string, options: EnvCreateOptions): void {
  const { from, expires, owner = userInfo().username, only, budget, json, cwd } = options;
  const made = createEphemeral(
    name,
    {
      from,
      expires,
      owner,
      ...(only.length > 0 && { services: only }),
      ...(budget !== undefined && { monthlyUsd: Number(budget) }),
    },
    { root: resolve(cwd) },
  );
  print([made], { json }, "");
  if (!json) process.stderr.write(`${made.file} is written; strata plan ${name} says what it will be, strata up ${name} makes it\n`);
}

/** Lists ephemeral environments. */
export function listEnv({ json, cwd }: EnvOptions): void {
  print(ephemeralEnvironments(resolve(cwd)), { json }, "no ephemeral environment has a stack file here");
}

/** Destroys one ephemeral environment, and its stack file with it. */
export async function destroyEnv(name: string, platform: Destroyer, { cwd }: Pick<EnvOptions, "cwd">): Promise<void> {
  await destroyEphemeral(name, platform, { root: resolve(cwd) });
  process.stdout.write(`${name} is gone\n`);
}

/**
 * Lists the ephemeral environments whose time is over, and destroys them where asked to. One that cannot be destroyed does not keep the others.
 * @throws {Error} the first reason, once all were tried.
 */
export async function expiredEnv(platform: Destroyer, { json, cwd, destroy }: EnvOptions & { readonly destroy: boolean }): Promise<void> {
  const root = resolve(cwd);
  const expired = expiredEnvironments(root);
  print(expired, { json }, "none is expired");
  if (!destroy) return;
  const failures: unknown[] = [];
  for (const { name } of expired)
    try {
      await destroyEphemeral(name, platform, { root });
      process.stderr.write(`${name} is gone\n`);
    } catch (error) {
      process.stderr.write(`${name} is still there: ${error instanceof Error ? error.message : String(error)}\n`);
      failures.push(error);
    }
  if (failures.length > 0) throw failures[0];
}
