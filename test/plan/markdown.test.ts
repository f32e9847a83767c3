import assert from "node:assert/strict";
import type { marked as Marked, Token, Tokens } from "marked" with { "resolution-mode": "import" };
import { planMarkdown, policyMarkdown } from "../../plan/markdown";
import { type PlanDocument } from "../../plan/plan-schema";
import { type Policy } from "../../plan/report/policy-report";
import { scheduleOf } from "../../plan/schedule/schedule";
import { SmallPlatform } from "./cost/small";
import { everyKind, reportWith, violation } from "./report/report";

const NASTY = "a | b\nc `d` ``e`` <script>alert(1)</script> **bold** [x](http://y) ![i](z) &lt; $x$ ~~s~~ \\| @team #12";

function policyOf(violations: Policy["violations"]): Policy {
  return reportWith({ violations }).document.policy;
}

function page(policy: Policy): string {
  return policyMarkdown({ stack: "shop/dev", source: "state", policy });
}

function tables(markdown: string): Tokens.Table[] {
  return marked.lexer(markdown).filter((token): token is Tokens.Table => token.type === "table");
}

/** What a reader sees. */
function plain(tokens: readonly Token[]): string {
  const text = tokens
    .map((token) => ("tokens" in token && token.tokens ? plain(token.tokens) : "text" in token ? String(token.text) : token.raw))
    .join("");
  return text

    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&#8203;|\u200b/g, "")
    .replace(/&amp;/g, "&");
}

let marked: typeof Marked;

describe("a plan and a verdict as Markdown", () => {
  before(async () => ({ marked } = await import("marked")));

  it("begins with a comment by which the last one is found, one for each stack and kind", () => {
    assert.equal(page(policyOf([])).split("\n")[0], "<!-- strata policies of the state shop/dev -->");
    assert.match(page(policyOf([])), /✅ \*\*Policies: may be deployed/);
    const strange = policyMarkdown({ stack: "a --> b/dev", source: "state", policy: policyOf([]) });
    assert.equal(strange.split("\n")[0], "<!-- strata policies of the state a_--__b/dev -->");
  });

  it("says everything of a verdict, with the rest folded away", () => {
    const markdown = page(everyKind().document.policy);
    assert.match(
      markdown,
      /❌ \*\*Policies: may not be deployed:\*\* 2 mandatory violations, 1 expired exception, 1 failure of rules themselves\./,
    );
    const [table] = tables(markdown);
    assert.deepEqual(
      table?.rows.map((row) => row.map(({ tokens }) => plain(tokens))),
      [
        [
          "❌ store-is-closed",
          "mandatory, critical",
          "in code is open (aws:s3/bucket:Bucket)<br>uploads is open (aws:s3/bucket:Bucket)",
          "Mend store-is-closed.",
        ],
        ["⚠️ disk-is-gp3", "advisory, low", "disk is gp2 (aws:s3/bucket:Bucket)", "Mend disk-is-gp3."],
      ],
    );
    for (const title of ["Would be remediated: 1", "Excepted: 1", "Not evaluated: 1"])
      assert.ok(markdown.includes(`<summary>${title}</summary>`), title);
    assert.match(markdown, /`throws` failed itself on uploads/);
  });

  it("keeps its table whatever a message holds, and shows it as it is", () => {
    const [table] = tables(
      page(policyOf([violation("key-rotates", "x", { message: NASTY, fix: NASTY }), violation("store-is-closed", "y")])),
    );
    assert.equal(table?.rows.length, 2);
    const row = table?.rows.find(([first]) => plain(first?.tokens ?? []).includes("key-rotates"));
    assert.equal(row?.length, 4);
    assert.equal(plain(row?.[3]?.tokens ?? []), NASTY.replace(/\n/g, " "));
  });

  it("makes no markup, link, picture or mention of what others wrote", () => {
    const html = marked.parse(page(policyOf([violation("key-rotates", NASTY, { message: NASTY, fix: NASTY })])), { async: false });
    assert.doesNotMatch(html, /<script|<a [^>]*>x<|<img|<del>|<strong>bold/);
    const { policy } = everyKind().document;
    assert.doesNotMatch(page(policy), /@web-team/);
  });

  it("keeps a pipe or a backtick in code from ending its cell", () => {
    const found = violation("key-rotates", "x", { urn: "urn:pulumi:dev::shop::a|b`c::x" });
    const [table] = tables(page(policyOf([found])));
    assert.equal(table?.rows[0]?.length, 4);
    assert.ok(plain(table?.rows[0]?.[2]?.tokens ?? []).includes("a|b`c"));
  });

  it("fits a comment of GitHub whatever was found, and says what it left out", () => {
    const many = Array.from({ length: 2000 }, (_, at) =>
      violation("store-is-closed", `bucket-${at}`, { message: `bucket-${at} ${"is open ".repeat(10)}` }),
    );
    const markdown = page(policyOf(many));
    assert.ok(markdown.length < 65_536);
    assert.match(markdown, /and 19\d\d more/);
    const rules = Array.from({ length: 2000 }, (_, at) => violation(`rule-${at}`, "x"));
    assert.ok(page(policyOf(rules)).length < 65_536);
  });

  it("of a plan has its services, and why each runs where it does", () => {
    const document = {
      environment: "dev",
      stack: "strata/dev",
      region: "eu-west-1",
      resources: [],
      services: [{ name: "orders", target: "ecs", reason: "steady | 12 $ a month", waitingFor: ["kafka"], bindings: [] }],
      cost: new SmallPlatform("eu-west-1").cost(),
      schedule: scheduleOf([], "create"),
      policy: policyOf([]),
    } as unknown as PlanDocument;
    const markdown = planMarkdown(document);
    assert.equal(markdown.split("\n")[0], "<!-- strata plan strata/dev -->");
    const [table] = tables(markdown);
    assert.deepEqual(
      table?.rows[0]?.map(({ tokens }) => plain(tokens)),
      ["orders", "ecs", "steady | 12 $ a month<br>waiting for kafka"],
    );
  });

  it("of a plan says what it costs, what is over its budget, and what has no price", () => {
    const platform = new SmallPlatform("us-east-1", 30);
    platform.service("orders", { target: "lambda" });
    platform.add("aws:ec2/natGateway:NatGateway", "nat");
    platform.add("aws:rds/instance:Instance", "big", { engine: "postgres", instanceClass: "db.x2g.large" });
    const about = { environment: "dev", stack: "strata/dev", region: "us-east-1", resources: [], services: [], policy: policyOf([]) };
    const markdown = planMarkdown({ ...about, cost: platform.cost(), schedule: scheduleOf([], "create") } as unknown as PlanDocument);
    assert.match(markdown, /❌ \*\*Cost: \\\$32\.85 of \\\$30\.00 a month at list prices, over the budget of \\\$30\.00\.\*\*/);
    assert.match(markdown, /<summary>Unpriced: \d+<\/summary>[^<]*big, hours of db\.x2g\.large/);
    assert.match(markdown, /<summary>Cost by service<\/summary>[^<]*`orders`/);
  });
});
