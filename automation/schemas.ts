import { z } from "zod";
import { Descriptor } from "../components/service/descriptor";
import { DiffDocument } from "../plan/diff/diff-schema";
import { PlanDocument } from "../plan/plan-schema";
import { configSchema } from "../policy/lib/config-file";
import { ExceptionsFile } from "../policy/lib/exceptions-file";
import { PACKS } from "../policy/packs";
import { NAMESPACE, SECTIONS } from "../stacks/environment";
import { policiesPage } from "./policies-page";

const REQUIRED = Object.entries(SECTIONS).flatMap(([section, schema]) =>
  schema.safeParse(undefined).success ? [] : [`${NAMESPACE}${section}`],
);

function jsonSchema(schema: z.ZodType): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}

/** A whole stack file: our sections, and whatever else Pulumi keeps in it. */
function stackFileSchema(): z.core.JSONSchema.BaseSchema {
  const sections = Object.entries(SECTIONS).map(([section, schema]) => {
    const { $schema: _, ...body } = jsonSchema(schema);
    return [`${NAMESPACE}${section}`, body];
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Strata stack file",
    description: "How big and how safe one environment is.",
    type: "object",
    required: ["config"],
    properties: {
      config: {
        type: "object",
        required: REQUIRED,
        properties: Object.fromEntries(sections) as Record<string, z.core.JSONSchema.BaseSchema>,
        patternProperties: { [`^(?!${NAMESPACE}).*:.*$`]: {} },
        additionalProperties: false,
      },
    },
  };
}

/** What is written from the code: the JSON Schemas of the project and the page about its policies, by file; each ends in a new line. */
export function schemas(): Record<string, string> {
  const text = (schema: z.core.JSONSchema.BaseSchema) => `${JSON.stringify(schema, undefined, 2)}\n`;
  return {
    "schemas/service.schema.json": text(jsonSchema(Descriptor)),
    "schemas/stack.schema.json": text(stackFileSchema()),
    "schemas/policy-config.schema.json": text(configSchema(PACKS)),
    "schemas/policy-exceptions.schema.json": text(jsonSchema(ExceptionsFile)),
    "plan/plan.schema.json": text(z.toJSONSchema(PlanDocument)),
    "plan/diff/diff.schema.json": text(z.toJSONSchema(DiffDocument)),
    "docs/policies.md": policiesPage(),
  };
}
