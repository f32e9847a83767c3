import { judge } from "../../../lib/finding";
import { read, type Resource, text } from "../../../lib/resource";
import { resourceRule } from "../../../lib/rule";
import { notKnown } from "../../../lib/expect";

const PROPERTY = "permissions";

export const documentIsNotPublic = resourceRule({
  id: "document-is-not-public",
  title: "No document of Systems Manager is shared with everyone",
  severity: "high",
  why: "What a document runs and where shows how the account works inside, and it may hold addresses and credentials.",
  fix: "Name in permissions.accountIds the accounts that may use the document, or leave permissions out.",
  links: ["https://docs.aws.amazon.com/securityhub/latest/userguide/ssm-controls.html#ssm-4"],
  frameworks: [
    { name: "FSBP", id: "SSM.4" },
    { name: "Checkov", id: "CKV_AWS_303" },
  ],
  types: ["aws:ssm/document:Document"],
  check: (document) => [judge(document, `${document.name} is shared with every account of AWS`, findings(document))],
});

function findings(document: Resource): { what: string; property: string; unknown?: boolean }[] {
  const accounts = read(document, `${PROPERTY}.accountIds`);
  if (accounts.state === "unknown") return [notKnown(PROPERTY)];
  const named = (text(accounts) ?? "").split(",").map((account) => account.trim().toLowerCase());
  return named.includes("all") ? [{ what: "permissions.accountIds is All", property: PROPERTY }] : [];
}
