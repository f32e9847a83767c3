import * as pulumi from "@pulumi/pulumi";
import * as sdk from "@pulumi/pulumi/output";
import assert from "node:assert/strict";
import fc from "fast-check";
import { leanOutputs } from "../../plan/lean-outputs";

/** How a value is made, so that it can be made with one kind of output and then with the other. */
type Recipe =
  | { readonly kind: "plain"; readonly value: string | number | null }
  | { readonly kind: "unknown" | "not answered" }
  | { readonly kind: "of resource"; readonly name: string; readonly isSecret: boolean; readonly inner: Recipe }
  | {
      readonly kind: "promise" | "output" | "secret" | "unsecret" | "apply" | "apply to another" | "property" | "json";
      readonly inner: Recipe;
    }
  | { readonly kind: "list"; readonly inner: readonly Recipe[] }
  | { readonly kind: "object"; readonly inner: Readonly<Record<string, Recipe>> };

const { recipe } = fc.letrec<{ recipe: Recipe }>((tie) => ({
  recipe: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    fc.record({ kind: fc.constant("plain" as const), value: fc.oneof(fc.string(), fc.integer(), fc.constant(null)) }),
    fc.record({ kind: fc.constantFrom("unknown" as const, "not answered" as const) }),
    fc.record({
      kind: fc.constant("of resource" as const),
      name: fc.constantFrom("a", "b"),
      isSecret: fc.boolean(),
      inner: tie("recipe"),
    }),
    fc.record({
      kind: fc.constantFrom("promise", "output", "secret", "unsecret", "apply", "apply to another", "property", "json"),
      inner: tie("recipe"),
    }),
    fc.record({ kind: fc.constant("list" as const), inner: fc.array(tie("recipe"), { maxLength: 3 }) }),
    fc.record({
      kind: fc.constant("object" as const),
      inner: fc.dictionary(fc.constantFrom("x", "y", "state"), tie("recipe"), { maxKeys: 3 }),
    }),
  ),
}));

/** What the SDK takes for a resource. */
function resource(name: string): pulumi.Resource {
  return { __pulumiResource: true, name } as unknown as pulumi.Resource;
}

const RESOURCES = { a: resource("a"), b: resource("b") };

function outputOf(value: unknown, { from = [] as pulumi.Resource[], isKnown = true, isSecret = false } = {}): pulumi.Output<unknown> {
  const Made = pulumi.Output as unknown as new (...parts: unknown[]) => pulumi.Output<unknown>;
  const promised = (inner: unknown) => Promise.resolve(inner);
  return new Made(new Set(from), promised(value), promised(isKnown), promised(isSecret), promised(from));
}

function outputFrom(recipe: Recipe): pulumi.Output<unknown> {
  return pulumi.output(make(recipe)) as pulumi.Output<unknown>;
}

function make(recipe: Recipe): unknown {
  switch (recipe.kind) {
    case "plain":
      return recipe.value;
    case "unknown":
      return outputOf(sdk.unknown, { isKnown: false });
    case "not answered":
      return outputOf(undefined, { isKnown: false });
    case "of resource":
      return outputOf(make(recipe.inner), { from: [RESOURCES[recipe.name as "a" | "b"]], isSecret: recipe.isSecret });
    case "promise":
      return Promise.resolve(make(recipe.inner));
    case "output":
      return pulumi.output(make(recipe.inner));
    case "secret":
      return pulumi.secret(make(recipe.inner));
    case "unsecret":
      return pulumi.unsecret(pulumi.output(make(recipe.inner)));
    case "apply":
      return outputFrom(recipe.inner).apply((value) => ({ value }));
    case "apply to another":
      return outputFrom(recipe.inner).apply((value) => Promise.resolve(pulumi.secret([value, make(recipe.inner)])));
    case "property":
      return (pulumi.all({ inner: make(recipe.inner), x: 1 }) as unknown as { readonly inner: unknown }).inner;
    case "json":
      return pulumi.interpolate`<${pulumi.jsonStringify(make(recipe.inner))}|${pulumi.concat("a", make(recipe.inner))}>`;
    case "list":
      return recipe.inner.map(make);
    case "object":
      return Object.fromEntries(Object.entries(recipe.inner).map(([key, inner]) => [key, make(inner)]));
  }
}

/** Everything that the SDK asks an output. */
async function asked(recipe: Recipe): Promise<unknown> {
  const output = pulumi.output(make(recipe)) as unknown as {
    promise(withUnknowns?: boolean): Promise<unknown>;
    isKnown: Promise<boolean>;
    isSecret: Promise<boolean>;
    allResources(): Promise<Set<{ name: string }>>;
    resources(): Set<{ name: string }>;
  };
  const namesOf = (resources: Set<{ name: string }>) => [...resources].map(({ name }) => name).sort();
  return {
    value: await output.promise(),
    withUnknowns: await output.promise(true),
    isKnown: await output.isKnown,
    isSecret: await output.isSecret,
    resources: namesOf(await output.allResources()),
    own: namesOf(output.resources()),
  };
}

async function lean<T>(act: () => Promise<T>): Promise<T> {
  const restore = leanOutputs();
  try {
    return await act();
  } finally {
    restore();
  }
}

describe("an output of one promise", () => {
  it("answers everything as the SDK's does, whatever it is made of", async () => {
    await fc.assert(
      fc.asyncProperty(recipe, async (one) => {
        const expected = await asked(one);
        assert.deepEqual(await lean(() => asked(one)), expected);
      }),
      { numRuns: 1000 },
    );
  });

  it("rejects with what the function that made it threw, and refuses a circle", async () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    await lean(async () => {
      const failed = pulumi.output(1).apply(() => {
        throw new Error("no");
      });
      await assert.rejects((failed as unknown as { promise(): Promise<unknown> }).promise(), /^Error: no$/);
      assert.throws(() => pulumi.output(circle), /circular structure/);
      return Promise.resolve();
    });
  });

  it("says that it is none where somebody writes it into a text, and has no value to get", async () => {
    await lean(() => {
      const output = pulumi.output("value");
      assert.match(String(output), /Calling \[toString\] on an \[Output<T>\] is not supported/);
      assert.match(JSON.stringify({ output }), /Calling \[toJSON\]/);
      assert.throws(() => output.get(), /Cannot call '\.get' during update or preview/);
      return Promise.resolve();
    });
  });

  it("leaves the SDK as it was", () => {
    const before = [pulumi.Output, pulumi.output, pulumi.all, pulumi.secret, pulumi.interpolate, sdk.output];
    leanOutputs()();
    assert.deepEqual([pulumi.Output, pulumi.output, pulumi.all, pulumi.secret, pulumi.interpolate, sdk.output], before);
  });
});
