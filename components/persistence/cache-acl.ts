/** What a service may do with its keys. */
export type CacheAccessLevel = "read" | "write";

/** Start of every key of a prefix: `chat` holds `chat:…`. */
export function keyPrefix(prefix: string): string {
  return `${prefix}:`;
}

/**
 * Commands that say something of others' keys and channels, and belong to no category that is taken away. Only commands that ElastiCache has:
 * it refuses a rule about any other.
 * Source: ACL categories of Redis 7.0 and Valkey 8.0, checked against a server by the tests.
 */
const BEYOND_THE_PREFIX = ["-scan", "-randomkey", "-dbsize", "-pubsub"];

/** What a client of a serverless cache asks before it sends its first command. */
const TOPOLOGY = ["+cluster|slots", "+cluster|shards", "+cluster|nodes", "+cluster|keyslot"];

const READ = ["+@read", "+@connection", "+@transaction", ...TOPOLOGY];
const WRITE = [
  ...READ,
  "+@write",
  "+@pubsub",
  "-@scripting",
  // A script's commands are checked one by one, as the user's own; functions would be everybody's.
  "+eval",
  "+evalsha",
  "+eval_ro",
  "+evalsha_ro",
  "+script|load",
  "+script|exists",
];

/**
 * The rules of a user, as Redis, Valkey and ElastiCache's access strings spell them: its own keys and channels, no command that reaches
 * others' or the server. Without a password: ElastiCache proves the user by IAM, a server of our own adds the password's hash.
 */
export function accessString(prefix: string, access: CacheAccessLevel): string {
  const channels = access === "write" ? [`&${keyPrefix(prefix)}*`] : [];
  const commands = access === "write" ? WRITE : READ;
  return [
    "on",
    "resetchannels",
    ...channels,
    `~${keyPrefix(prefix)}*`,
    "-@all",
    ...commands,
    "-@dangerous",
    "-@admin",
    ...BEYOND_THE_PREFIX,
  ].join(" ");
}

/** The user that everybody is before a login; it may do nothing. */
export const NO_DEFAULT_USER = "off resetchannels -@all";
