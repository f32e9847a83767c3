import assert from "node:assert/strict";
import { StackGraph } from "../../../../policy/lib/graph";
import { type FixedPrice, fixedPrice } from "../../../../policy/lib/price/fixed-price";
import type { StackResource } from "../../../../policy/lib/resource";
import { TestStack } from "../../stack";

/** What a resource costs in a stack of one region. */
export function priceIn(region: string, build: (stack: TestStack) => StackResource, known = true): FixedPrice {
  const stack = new TestStack(known);
  stack.add("pulumi:providers:aws", "aws", { region });
  const resource = build(stack);
  const found = fixedPrice(resource, new StackGraph(stack.resources));
  assert.ok(found, `${resource.type} costs nothing`);
  return found;
}

/** US dollars a month of each thing that is charged for, to a tenth of a cent. */
export function dollars({ lines }: FixedPrice): Record<string, number> {
  return Object.fromEntries(lines.map(({ what, usdPerMonth }) => [what, Math.round(usdPerMonth * 1_000) / 1_000]));
}

/** As `dollars`, in us-east-1; fails where something is unpriced or unknown. */
export function east(build: (stack: TestStack) => StackResource, known = true): Record<string, number> {
  const found = priceIn("us-east-1", build, known);
  assert.deepEqual(found.unpriced, []);
  assert.deepEqual(found.unknown, []);
  return dollars(found);
}

/** What has no price, and why. */
export function unpriced(build: (stack: TestStack) => StackResource, region = "us-east-1"): string[] {
  return priceIn(region, build).unpriced.map(({ what, why }) => `${what}: ${why}`);
}

/** What is not known, and the property that decides. */
export function unknown(build: (stack: TestStack) => StackResource, region = "us-east-1"): string[] {
  return priceIn(region, build).unknown.map(({ what, property }) => `${what}: ${property}`);
}
