import { runtime } from "@pulumi/pulumi";
import { createRequire } from "node:module";
import { isObject, type Json, SECRET } from "../json";

/** The part of the policy SDK that reads what the engine sends. */
interface Deserializer {
  deserializeProperties: (struct: { toJavaScript(): { [key: string]: Json } }, keepSecrets: boolean) => unknown;
}

/**
 * Has the policy SDK show every secret as `SECRET`, as a plan does. By itself it unwraps them, so that a rule could not tell a secret from a text
 * in the clear, and a message could print one. What a request holds is read once, and not once a policy: no rule changes it. Throws when the SDK reads properties in another way than this was written for.
 * Source: `deserializeProperty` in @pulumi/policy 1.21 deserialize.js; the engine sends secrets marked, by `KeepSecrets` in
 * analyzer_plugin.go of pulumi 3.248 (2026-11). A test sends one as the engine does.
 */
export function hideSecrets(): void {
  const sdk: unknown = createRequire(__filename)("@pulumi/policy/deserialize");
  if (!isDeserializer(sdk)) throw new Error("this version of @pulumi/policy reads properties in a way in which secrets can't be told");
  const original = sdk.deserializeProperties;
  const read = new WeakMap<object, unknown>();
  sdk.deserializeProperties = (struct, keepSecrets) => {
    // Kept ones are handed back to the engine as they are.
    if (keepSecrets) return original(struct, true);
    const known = read.get(struct);
    if (known !== undefined) return known;
    const properties = original({ toJavaScript: () => withoutSecrets(struct.toJavaScript()) }, false);
    read.set(struct, properties);
    return properties;
  };
}

function isDeserializer(sdk: unknown): sdk is Deserializer {
  return typeof sdk === "object" && sdk !== null && "deserializeProperties" in sdk && typeof sdk.deserializeProperties === "function";
}

function withoutSecrets(properties: { [key: string]: Json }): { [key: string]: Json } {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, withoutSecret(value)]));
}

function withoutSecret(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutSecret);
  if (!isObject(value)) return value;
  return value[runtime.specialSigKey] === runtime.specialSecretSig ? SECRET : withoutSecrets(value);
}
