/** Inputs of an object, as far as its name is told by them. */
type Inputs = Readonly<Record<string, unknown>>;

/**
 * What the Kubernetes provider writes on an object whose name it made up. It does so before the object is made, in the inputs that the engine keeps.
 * Source: `AssignNameIfAutonamable` and `AnnotationAutonamed` in provider/pkg/metadata of pulumi-kubernetes 4.34, called by `Check` (2026-11).
 */
const AUTONAMED = "pulumi.com/autonamed";

function recordIn(value: Inputs, key: string): Inputs {
  const inner = value[key];
  return typeof inner === "object" && inner !== null && !Array.isArray(inner) ? (inner as Inputs) : {};
}

/** The name that the provider made up for an object; undefined for one that the program named. */
export function autonameOf(inputs: Inputs): string | undefined {
  const metadata = recordIn(inputs, "metadata");
  const { name } = metadata;
  return typeof name === "string" && AUTONAMED in recordIn(metadata, "annotations") ? name : undefined;
}

/** Inputs with a name that was made up, noted as such. */
export function withAutoname<Bag extends Inputs>(inputs: Bag, name: string): Bag {
  const metadata = recordIn(inputs, "metadata");
  return { ...inputs, metadata: { ...metadata, name, annotations: { ...recordIn(metadata, "annotations"), [AUTONAMED]: "true" } } };
}

/** Inputs as the program gave them: without a name that was made up. */
export function withoutAutoname<Bag extends Inputs>(inputs: Bag): Bag {
  if (autonameOf(inputs) === undefined) return inputs;
  const { name: _, annotations: __, ...metadata } = recordIn(inputs, "metadata");
  const { [AUTONAMED]: ___, ...annotations } = recordIn(recordIn(inputs, "metadata"), "annotations");
  return { ...inputs, metadata: { ...metadata, ...(Object.keys(annotations).length > 0 && { annotations }) } };
}
