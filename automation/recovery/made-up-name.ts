/** Digits that Pulumi puts behind the name of a resource when it makes up a physical one. Source: `NewUniqueName` of pulumi 3.260 (2026-11-26). */
const DIGITS = /^[0-9a-f]{7,}$/;

/** Whether a value is a physical name that Pulumi made up for a resource of a logical name. */
export function isMadeUp(value: unknown, logicalName: string): boolean {
  return typeof value === "string" && value.startsWith(`${logicalName}-`) && DIGITS.test(value.slice(logicalName.length + 1));
}
