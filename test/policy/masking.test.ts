import assert from "node:assert/strict";
import { isObject, type Json, type Properties, type StackResource, UNKNOWN } from "../../policy/lib/resource";
import type { Rule } from "../../policy/lib/rule";
import { allCases } from "./all-cases";
import { type RuleCases, type Situation } from "./cases";
import { TestStack } from "./stack";
import { verdictOn } from "./verdicts";

type Path = readonly (string | number)[];

/** The paths of everything inside a value, itself included. */
function paths(value: Json, path: Path = []): Path[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((element, index) => paths(element, [...path, index]))];
  if (isObject(value)) return [path, ...Object.entries(value).flatMap(([key, element]) => paths(element, [...path, key]))];
  return value === UNKNOWN ? [] : [path];
}

/** A value with one part of it unknown. */
function masked(value: Json, [step, ...rest]: Path): Json {
  if (step === undefined) return UNKNOWN;
  if (Array.isArray(value)) return value.map((element, index) => (index === step ? masked(element, rest) : element));
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === step ? masked(inner, rest) : inner]))
    : value;
}

function maskedIn(resource: StackResource, path: Path): StackResource {
  const inputs = masked(resource.inputs, path) as Properties;
  const [root = ""] = path;
  const outputs = {
    ...resource.outputs,
    ...(resource.outputs !== undefined && root in resource.outputs && { [root]: inputs[root] ?? null }),
  };
  return { ...resource, inputs, outputs };
}

function kindOf(verdict: string): string {
  return /^(pass|fail|nothing|not evaluated)/.exec(verdict)?.[0] ?? verdict;
}

/** What a rule says wrongly when one part of what it reads is not known: by the path of that part. */
function flips(rule: Rule, { given, config = {}, known = true }: Situation, silent: readonly string[]): string[] {
  const stack = new TestStack(known);
  const resource = given(stack);
  const settings = { [rule.id]: config };
  const verdict = kindOf(verdictOn(rule, resource, stack.resources, settings));
  return stack.resources.flatMap((changed, index) =>
    paths(changed.inputs)
      .filter(({ length }) => length > 0)
      .flatMap((path) => {
        const resources = stack.resources.map((other, at) => (at === index ? maskedIn(other, path) : other));
        const asked = resources[stack.resources.indexOf(resource)] ?? resource;
        const after = kindOf(verdictOn(rule, asked, resources, settings));
        if (after === "nothing" && silent.includes(path.join("."))) return [];
        return after === verdict || after === "not evaluated" ? [] : [`${changed.name} ${path.join(".")}: ${verdict} becomes ${after}`];
      }),
  );
}

function situations({ pass, fail, absent }: RuleCases): [string, Situation][] {
  return [pass, fail, absent].flatMap((kind) =>
    Object.entries(kind).map(([name, situation]): [string, Situation] => [
      name,
      typeof situation === "function" ? { given: situation } : situation,
    ]),
  );
}

/** Of each case of each rule, every part in turn is made unknown: a verdict may then be left open, but never turn into another one. */
describe("a rule that is told less", () => {
  for (const { rule, cases } of allCases())
    if (cases !== undefined)
      it(`${rule.id} leaves its verdict open or keeps it`, () => {
        const found = situations(cases).flatMap(([name, situation]) =>
          flips(rule, situation, Object.keys(cases.silentWhileUnknown ?? {})).map((flip) => `${name}: ${flip}`),
        );
        assert.deepEqual(found, []);
      });
});
