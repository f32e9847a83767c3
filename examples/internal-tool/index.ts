import { resolve } from "node:path";
import { Platform } from "../../automation/platform";
import { createTool } from "./server";

const PORT = 8080;

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name}: is missing`);
  return value;
}

/** Starts the tool for one platform, behind whatever ends TLS, with the tokens of an OIDC issuer. */
async function main(): Promise<void> {
  const { createRemoteJWKSet } = await import("jose");
  const root = resolve(required("PLATFORM_FOLDER"));
  const keys = createRemoteJWKSet(new URL(required("OIDC_JWKS_URL")));
  const issuer = { issuer: required("OIDC_ISSUER"), audience: required("OIDC_AUDIENCE"), keys };
  createTool({ platform: new Platform({ root }), root, issuer }).listen(PORT, "127.0.0.1");
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
