import type * as pulumi from "@pulumi/pulumi";
import { TAGGABLE_TYPES } from "../../facts/taggable-types";

/**
 * Puts tags on everything a component makes that takes tags. The provider's default tags are the same for a whole environment,
 * so what differs from service to service is added here; a resource's own tags win.
 */
export function tagged(tags: Readonly<Record<string, string>>): pulumi.ResourceTransformation {
  return ({ type, props, opts }) => {
    if (!TAGGABLE_TYPES.has(type)) return undefined;
    const own = (props as { tags?: object }).tags;
    return { props: { ...props, tags: { ...tags, ...own } }, opts };
  };
}
