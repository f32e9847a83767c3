import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { Engine, findEngine, type PolicedPreview, type PolicyFinding } from "../../automation/rehearse/engine";
import { Workspace } from "../../automation/rehearse/workspace";
import { PACKS } from "../../policy/packs";
import { ROOT } from "../harness";

const found = findEngine();
const skipped = "missing" in found ? `, skipped: no Pulumi engine (${found.missing.join(", ")} not on PATH)` : "";
const MINUTE = 60_000;
const FOREIGN = join(__dirname, "foreign");

function folderOf(pack: string): string {
  return join(ROOT, "policy", pack.replace("strata-", ""));
}

/** Previews the stack of a workspace with all packs. */
async function policed(workspace: Workspace, stack: string, config?: string): Promise<PolicedPreview> {
  assert.ok("pulumi" in found);
  const engine = new Engine(workspace, stack);
  const made = await engine.initialize();
  assert.ok(made.exitCode === 0 || made.stderr.includes("already exists"), made.stderr);
  return engine.policedPreview(PACKS.map(({ name }) => ({ folder: folderOf(name), ...(config !== undefined && { config }) })));
}

/** What could not be decided, or is let off by an exception. */
function isOpen({ message }: PolicyFinding): boolean {
  return message.startsWith("not evaluated: ") || message.startsWith("excepted until ");
}

/** What is wrong with the foreign program, by the name of the resource: the rules that a person who reviews it would want to hear. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  "aws:rds/instance:Instance::shop": [
    "store-is-not-reachable-from-internet",
    "store-is-encrypted",
    "store-has-backups",
    "store-has-deletion-protection",
    "store-has-final-snapshot",
    "store-spans-zones",
    "store-has-alarms",
    "volume-is-not-gp2",
  ],
  "aws:lambda/function:Function::thumbnails": ["secret-is-not-in-the-clear", "function-runtime-is-supported", "code-runs-on-arm"],
  "aws:iam/rolePolicy:RolePolicy::thumbnails": ["policy-is-not-administrator"],
  "aws:ec2/securityGroup:SecurityGroup::open": ["group-is-closed-to-internet"],
  "aws:ecs/taskDefinition:TaskDefinition::web": [
    "container-is-confined",
    "execution-role-is-not-task-role",
    "service-has-logs",
    "fargate-task-size-is-valid",
    "task-image-is-pinned",
  ],
  "aws:ecs/service:Service::web": ["workload-has-no-public-address"],
  "aws:lb/loadBalancer:LoadBalancer::a-load-balancer-with-a-very-long-name-indeed": [
    "balancer-name-is-accepted",
    "balancer-has-access-logs",
  ],
  "aws:lb/targetGroup:TargetGroup::web": ["service-has-health-check"],
  "aws:s3/bucket:Bucket::uploads": [
    "store-is-encrypted",
    "store-has-backups",
    "store-has-deletion-protection",
    "bucket-blocks-public-access",
  ],
  "aws:cloudwatch/logGroup:LogGroup::web": ["log-group-has-retention"],
};

describe(`the policy packs on the real engine${skipped}`, function () {
  this.timeout(15 * MINUTE);
  before(function () {
    if (skipped) this.skip();
  });

  describe("with a program of somebody else", () => {
    const workspace = skipped ? undefined : new Workspace(FOREIGN);
    let preview: PolicedPreview;
    before(async () => {
      assert.ok(workspace !== undefined);
      symlinkSync(join(ROOT, "node_modules"), join(workspace.project, "node_modules"));
      preview = await policed(workspace, "trial");
    });
    after(() => workspace?.dispose());

    for (const [resource, rules] of Object.entries(WRONG))
      it(`names what is wrong with ${resource}: ${rules.join(", ")}`, () => {
        const said = preview.findings
          .filter((finding) => finding.urn?.endsWith(resource) === true && !isOpen(finding))
          .map(({ rule }) => rule);
        assert.deepEqual(
          rules.filter((rule) => !said.includes(rule)),
          [],
        );
      });

    it("stops the preview, and says of each finding how to mend it", () => {
      assert.notEqual(preview.exitCode, 0);
      for (const finding of preview.findings.filter((one) => !isOpen(one))) assert.match(finding.message, /\nFix: \S/, finding.rule);
    });

    it("never shows a secret", () => {
      assert.ok(!JSON.stringify([preview.findings, preview.stdout, preview.stderr]).includes("correct-horse-battery"));
    });
  });

  for (const environment of ["dev", "prod"])
    describe(`with our own ${environment}`, () => {
      const workspace = skipped ? undefined : new Workspace(ROOT);
      let preview: PolicedPreview;
      before(async () => {
        assert.ok(workspace !== undefined);
        preview = await policed(workspace, environment, join(ROOT, "policy/config", `${environment}.json`));
      });
      after(() => workspace?.dispose());

      it("finds nothing wrong, and lets it pass", () => {
        assert.deepEqual(
          preview.findings.filter((finding) => !isOpen(finding)),
          [],
        );
        assert.equal(preview.exitCode, 0, preview.stdout + preview.stderr);
      });
    });
});
