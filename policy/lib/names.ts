/**
 * True for a name that Pulumi made up: the resource's own with a hyphen and seven hexadecimal digits behind it.
 * The resource's own name may be cut short where AWS takes only a short one.
 */
export function isMadeUp(name: string, logical: string): boolean {
  const start = /^(.+)-[0-9a-f]{7}(\.fifo)?$/.exec(name)?.[1];
  return start !== undefined && logical.toLowerCase().startsWith(start.toLowerCase());
}
