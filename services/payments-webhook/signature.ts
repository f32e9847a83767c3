import { createHmac, timingSafeEqual } from "node:crypto";

/** Seconds a signature may be old, so that a recorded call cannot be played again later. */
const TOLERANCE_SECONDS = 300;
const HEADER = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;
const MS_PER_SECOND = 1_000;

/** The header a caller sends: the time, and the HMAC-SHA256 of time and body under the shared secret. */
export function signatureHeader(secret: string, body: string, now: number): string {
  const time = String(Math.floor(now / MS_PER_SECOND));
  return `t=${time},v1=${digest(secret, time, body).toString("hex")}`;
}

/** True when the body was signed with the secret not long ago. */
export function isSigned(secret: string, body: string, header: string | undefined, now: number): boolean {
  const [, time, signature] = HEADER.exec(header ?? "") ?? [];
  if (!time || !signature) return false;
  if (Math.abs(now / MS_PER_SECOND - Number(time)) > TOLERANCE_SECONDS) return false;
  return timingSafeEqual(digest(secret, time, body), Buffer.from(signature, "hex"));
}

function digest(secret: string, time: string, body: string): Buffer {
  return createHmac("sha256", secret).update(`${time}.${body}`).digest();
}
