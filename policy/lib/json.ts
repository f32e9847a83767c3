/** A property value as plain JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * What stands for a value that is not known before the resource exists: the engine's marker for an unknown string.
 * Source: `UnknownStringValue` in pulumi/sdk/go/common/resource/plugin/rpc.go (2026-11-23).
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What a plan puts in the place of a secret. The value was dropped, so nothing can be decided from it. */
export const SECRET = "[secret]";

/** Every marker of the engine, one a kind of value: string, bool, number, array, asset, archive, object. Same source as `UNKNOWN`. */
const UNKNOWN_MARKERS = [
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
] as const;

/** Length of a marker; a shorter string can't hold one. */
const MARKER_LENGTH = UNKNOWN.length;

/** True for a value that can't be read: unknown, a dropped secret, or a text into which an unknown was put. */
export function isUnknown(value: Json | undefined): boolean {
  if (typeof value !== "string") return false;
  if (value === SECRET) return true;
  return value.length >= MARKER_LENGTH && UNKNOWN_MARKERS.some((marker) => value.includes(marker));
}

/** True when no part of the value is unknown. */
export function isWhollyKnown(value: Json): boolean {
  if (Array.isArray(value)) return value.every(isWhollyKnown);
  if (isObject(value)) return Object.values(value).every(isWhollyKnown);
  return !isUnknown(value);
}

/** True for a JSON object, not an array and not null. */
export function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a JSON text says; a value that is no text says itself. An `Error` for a text that is not JSON. */
export function parseJson(value: Json): Json | Error {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Json;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * A JavaScript value as plain JSON, every unknown as `UNKNOWN`.
 * Reads through property descriptors: the policy SDK hands out proxies whose `get` throws on an unknown, and a descriptor is not a `get`.
 * What JSON can't hold (functions, promises, undefined) is left out, as if it were absent.
 * @param instead what stands for an object of another kind; undefined where it is taken as it is.
 */
export function toJson(value: unknown, instead: (value: object) => Json | undefined = () => undefined): Json | undefined {
  if (value === null) return null;
  switch (typeof value) {
    case "string":
      return value !== SECRET && isUnknown(value) ? UNKNOWN : value;
    case "number":
    case "boolean":
      return value;
    case "object":
      break;
    default:
      return undefined;
  }
  if (value instanceof Promise) return undefined;
  const other = instead(value);
  if (other !== undefined) return other;
  if (Array.isArray(value)) return own(value).map(([, element]) => toJson(element, instead) ?? null);
  // Not by assignment: a key called __proto__ would set the prototype instead.
  return Object.fromEntries(
    own(value).flatMap(([key, element]): [string, Json][] => {
      const json = toJson(element, instead);
      return json === undefined ? [] : [[key, json]];
    }),
  );
}

/** The own enumerable properties of an object, read without calling a getter or a proxy's `get`. */
function own(value: object): [string, unknown][] {
  const result: [string, unknown][] = [];
  for (const key of Object.keys(value)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (descriptor !== undefined && "value" in descriptor) result.push([key, descriptor.value]);
  }
  return result;
}
