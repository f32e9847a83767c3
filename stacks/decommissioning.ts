/** What an environment that is taken down says of itself wherever somebody looks: in a plan, a preview and an update. */
export function decommissioningText(environment: string): string {
  return `${environment} is being decommissioned: nothing of it is protected from deletion. docs/decommission.md says what goes and what stays`;
}
