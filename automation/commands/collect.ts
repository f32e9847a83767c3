/** The values of an option that can be given again, in order. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
