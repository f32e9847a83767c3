/** A resource by its URN, as people call it: its type without those of its parents, and its name. */
export function Urn({ urn }: { readonly urn: string }) {
  const [, , types = "", ...name] = urn.split("::");
  return (
    <span class="urn">
      <span>{types.split("$").at(-1)}</span> <span>{name.join("::")}</span>
    </span>
  );
}
