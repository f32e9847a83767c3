import type * as pulumi from "@pulumi/pulumi";

/**
 * Bends what a component passes to one of its children: properties that replace the component's own,
 * or a function that changes arguments and options in place.
 */
export type Transform<Args> = Partial<Args> | ((args: Args, options: pulumi.CustomResourceOptions, name: string) => void);

/** The arguments of a child's constructor after its transform, ready to spread into `new`. */
export function bend<Args extends object>(
  transform: Transform<Args> | undefined,
  name: string,
  args: Args,
  options: pulumi.CustomResourceOptions,
): [name: string, args: Args, options: pulumi.CustomResourceOptions] {
  if (typeof transform !== "function") return [name, { ...args, ...transform }, options];
  const bentArgs = { ...args };
  const bentOptions = { ...options };
  transform(bentArgs, bentOptions, name);
  return [name, bentArgs, bentOptions];
}
