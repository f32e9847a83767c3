/** How one signs in to a database server. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** Database to open; for Oracle the service of the instance. */
  readonly database: string;
  /** Certificates, as PEM, of who may have signed the server's. Default: those Node.js knows. */
  readonly certificates?: string;
}

/** What a service is to have on a server. */
export interface Wanted {
  /** Name of the database; for Oracle of the schema. */
  readonly database: string;
  /** read: only read. write: read, write and change the schema. */
  readonly access: "read" | "write";
  /** Users that sign in with a password, of which the secret names one at a time. */
  readonly users: readonly string[];
  /** User that signs in with an IAM token; absent where the engine has no such thing. */
  readonly iamUser?: string | undefined;
}

/** What the function can do on a kind of server. Every method can be called again at any time and then changes nothing. */
export interface DatabaseEngine {
  /** Name in the secrets, as Secrets Manager spells it: "JSON structure of AWS Secrets Manager secrets" (user guide, 2026-11). */
  readonly name: string;
  /** Database that is always there, to sign in to before the wanted one is. */
  readonly entrance: string;
  /** True where a service signs in to the entrance too, because what is wanted is a schema in it. */
  readonly entranceIsDatabase: boolean;
  /**
   * Makes the database and the users and takes rights that are no longer wanted; the users get a password later.
   * @returns what was made, in words.
   */
  ensure(admin: Login, wanted: Wanted): Promise<readonly string[]>;
  /** Takes everything from the users and keeps them out; what they made stays. */
  retire(admin: Login, wanted: Wanted): Promise<void>;
  /** Sets the password of the user that a secret's `username` names. */
  setPassword(admin: Login, username: string, password: string): Promise<void>;
  /** @returns false when the server refuses the login; throws when it cannot be reached. */
  signsIn(login: Login): Promise<boolean>;
  /** What a user of the service is called in its secret. */
  usernameOf(user: string, wanted: Pick<Wanted, "database" | "access">): string;
}

/** How long a server may take to answer: a paused Aurora cluster resumes in about 15 seconds (Aurora user guide, "Scaling to zero ACUs", 2026-11). */
export const CONNECT_MS = 60_000;
