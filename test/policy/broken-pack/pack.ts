import { fail, type Pack, resourceRule, type RuleInfo, stackRule } from "../../../policy/lib/rule";

function info(id: string): RuleInfo {
  return { id, title: id, severity: "low", why: "It is a test", fix: "Nothing", links: [], frameworks: [] };
}

/** Two rules that throw, before and after one that fails. */
export const broken: Pack = {
  name: "broken",
  description: "",
  rules: [
    resourceRule({
      ...info("throws"),
      types: ["t:a"],
      check: () => {
        throw new Error("boom");
      },
    }),
    resourceRule({ ...info("fails"), types: ["t:a"], check: ({ urn }) => [fail(urn, "wrong")] }),
    stackRule({
      ...info("stack-throws"),
      check: () => {
        throw new Error("bang");
      },
    }),
    stackRule({ ...info("stack-fails"), check: ({ resources }) => resources.map(({ urn }) => fail(urn, "all wrong")) }),
  ],
};
