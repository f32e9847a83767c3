import * as pulumi from "@pulumi/pulumi";

function isQuestion(value: unknown): value is (key: string) => unknown {
  return typeof value === "function";
}

/**
 * True when a key of the configuration is a secret, or holds one somewhere. A program is handed its configuration in plain text, so this is the
 * only way to tell a value that is encrypted in the stack file from one that everybody can read there. The SDK knows, and keeps it out of its
 * types.
 */
export function isEncrypted(key: string): boolean {
  const question: unknown = Reflect.get(pulumi.runtime, "isConfigSecret");
  if (!isQuestion(question)) throw new Error("the Pulumi SDK says elsewhere than in version 3.248 which keys are secrets");
  return question(key) === true;
}
