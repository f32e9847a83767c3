/**
 * Whether a creation takes over what is there already under the same name, instead of being refused: that of Kubernetes objects, which the provider applies
 * on the server's side. Source: `Creation` in provider/pkg/await/await.go of pulumi-kubernetes 4, "we currently always upsert the object" (2026-11-26).
 */
export function isAppliedOver(type: string): boolean {
  return type.startsWith("kubernetes:");
}
