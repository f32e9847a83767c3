import type { JWTVerifyGetKey } from "jose" with { "resolution-mode": "import" };
import { z } from "zod";

/** What a person may do in an environment. */
export const RIGHTS = ["see", "preview", "create"] as const;
export type Right = (typeof RIGHTS)[number];

/** Who asks, as their token says it. */
export const Caller = z.object({
  sub: z.string().min(1).max(200),
  /** Rights by environment, or by the start of its name and a star: `{ "dev": ["see", "preview"], "pr-*": ["see", "preview", "create"] }`. */
  environments: z.record(z.string(), z.array(z.enum(RIGHTS))),
});
export type Caller = z.infer<typeof Caller>;

/** Where tokens come from. */
export interface Issuer {
  readonly issuer: string;
  readonly audience: string;
  /** Keys of the issuer: `createRemoteJWKSet` of an OIDC issuer, or those at hand. */
  readonly keys: JWTVerifyGetKey;
}

const BEARER = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/;

/** Who sent a request; undefined for a token that is missing, expired, of another issuer, audience or key. Why is told to nobody. */
export async function callerOf(authorization: string | undefined, { issuer, audience, keys }: Issuer): Promise<Caller | undefined> {
  const [, token] = BEARER.exec(authorization ?? "") ?? [];
  if (token === undefined) return undefined;
  // An ES module, which a CommonJS program can only import at run time.
  const { jwtVerify, errors } = await import("jose");
  try {
    // Only signatures with a pair of keys: who verifies cannot make tokens, and a public key is never taken for a shared secret.
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ["EdDSA", "ES256", "RS256"],
      requiredClaims: ["exp"],
    });
    return Caller.safeParse(payload).data;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

/** Whether a caller has a right in an environment. */
export function may({ environments }: Caller, right: Right, environment: string): boolean {
  return Object.entries(environments).some(
    ([pattern, rights]) =>
      rights.includes(right) && (pattern.endsWith("*") ? environment.startsWith(pattern.slice(0, -1)) : environment === pattern),
  );
}
