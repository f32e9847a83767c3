import { z } from "zod";
import { isUnknown } from "../../../policy/lib/json";
import { fail, notEvaluated, type Pack, pass, resourceRule, type RuleInfo, stackRule } from "../../../policy/lib/rule";

/** The day on which the pack is served. */
export const TODAY = "2026-11-26";

function info(id: string, severity: RuleInfo["severity"] = "high"): RuleInfo {
  return { id, title: id, severity, why: "It is a test", fix: "Set it", links: [], frameworks: [] };
}

const config = z.strictObject({ wanted: z.string().default("on").describe("The mode that is wanted.") });

/** Wants `mode` to be on, and can set it where it is known. */
const modeIsOn = resourceRule({
  ...info("mode-is-on"),
  types: ["t:a", "aws:rds/instance:Instance", "aws:lambda/function:Function"],
  config,
  check: ({ urn, name, inputs }, { wanted }) => {
    const { mode } = inputs;
    if (name === "odd") throw new Error("odd");
    if (isUnknown(mode)) return [notEvaluated(urn, "mode is not known yet")];
    return [mode === wanted ? pass(urn) : fail(urn, `${name} has mode ${JSON.stringify(mode ?? null)}`, "mode")];
  },
  remediate: ({ name }, { wanted }) => {
    if (name === "no-remedy") return undefined;
    if (name === "bad-remedy") throw new Error("no remedy");
    if (name === "wrong-remedy") return { mode: "sideways" };
    if (name === "nested") return { mode: wanted, 'options["a-b"].deep': true };
    // Replaces an instance, with its data.
    return name === "stateful" ? { mode: wanted, storageEncrypted: true } : { mode: wanted };
  },
});

/** Wants every resource to have a note. */
const hasNote = stackRule({
  ...info("has-note", "low"),
  check: ({ resources }) => resources.map(({ urn, name, inputs }) => ("note" in inputs ? pass(urn) : fail(urn, `${name} has no note`))),
});

export const excepted: Pack = { name: "excepted", description: "", rules: [modeIsOn, hasNote] };
