import { accessString, type CacheAccessLevel, keyPrefix, NO_DEFAULT_USER } from "./cache-acl";

/** Variable that the configuration comes in. */
export const CACHE_SERVER_VARIABLE = "CACHE_CONFIGURATION";

/**
 * What starts the server in a container. `exec`, so that the server itself gets SIGTERM; its configuration comes by standard input, because
 * there is no disk to write it to.
 */
export const CACHE_SERVER_COMMAND = ["sh", "-c", `exec redis-server - <<END\n$${CACHE_SERVER_VARIABLE}\nEND\n`] as const;

/** One user of a server of our own. */
export interface CacheServerUser {
  readonly username: string;
  readonly prefix: string;
  readonly access: CacheAccessLevel;
  /** SHA-256 of the password, in hexadecimal digits: enough to check it, and of no use to guess one of 190 bits. */
  readonly passwordHash: string;
}

export interface CacheServerSettings {
  readonly port: number;
  /** MiB for keys; past it the least recently used keys that expire are dropped. */
  readonly maximumMemory: number;
}

/**
 * The configuration of a Redis or Valkey server of our own: nothing is written to disk, the default user is off, and every user has the rules
 * that it would have on ElastiCache.
 * @throws {Error} for a hash that is none, because a rule that cannot be read would leave the server without its users.
 */
export function cacheServerConfiguration(settings: CacheServerSettings, users: readonly CacheServerUser[]): string {
  const lines = users.map(({ username, prefix, access, passwordHash }) => {
    if (!/^[0-9a-f]{64}$/.test(passwordHash)) throw new Error(`user ${username} of ${keyPrefix(prefix)} has no SHA-256 of its password`);
    return `user ${username} #${passwordHash} ${accessString(prefix, access)}`;
  });
  return [
    `port ${settings.port}`,
    // Protected mode answers the machine itself only. The default user is off, and the security group lets nobody in who did not ask.
    "protected-mode no",
    'save ""',
    "appendonly no",
    `maxmemory ${settings.maximumMemory}mb`,
    "maxmemory-policy volatile-lru",
    `user default ${NO_DEFAULT_USER}`,
    ...lines,
    "",
  ].join("\n");
}
