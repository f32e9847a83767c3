import assert from "node:assert/strict";
import { UpdateFailed } from "../../../automation/errors";
import { retrying } from "../../../automation/recovery/retry";
import { type RecoveryStep } from "../../../automation/recovery/state";
import { type Failure, transientBecause } from "../../../automation/recovery/transient";
import { TRANSIENT_ERRORS } from "../../../facts/transient-errors";

function failure(code: string, said: string, op = "create"): Failure {
  const message = `1 error occurred:\n\t* creating it: operation error EC2: Create, https response error StatusCode: 400, RequestID: r-1, api error ${code}: ${said}`;
  return { urn: "urn:pulumi:dev::strata::aws:ec2/vpc:Vpc::one", op, message };
}

const THROTTLED = failure("Throttling", "Rate exceeded");
const FORBIDDEN = failure("AccessDenied", "User is not authorized");

describe("an error of AWS", () => {
  for (const [code, said, what] of [
    ["RequestLimitExceeded", "Request limit exceeded.", "AWS was asked too often"],
    ["ThrottlingException", "Rate exceeded", "AWS was asked too often"],
    ["SlowDown", "Please reduce your request rate.", "AWS was asked too often"],
    ["ServiceUnavailable", "Please try again.", "a service of AWS failed"],
    [
      "InvalidParameterValueException",
      "The role defined for the function cannot be assumed by Lambda.",
      "a role or policy that was just made is not known everywhere",
    ],
    [
      "MalformedPolicyDocument",
      'Invalid principal in policy: "AWS":"arn:…"',
      "a role or policy that was just made is not known everywhere",
    ],
    ["InvalidSubnetID.NotFound", "The subnet ID 'subnet-1' does not exist", "something that was just made is not known everywhere"],
    ["InvalidDBClusterStateFault", "DB cluster is not in available state", "it is being changed"],
    ["ResourceConflictException", "The operation cannot be performed at this time. An update is in progress", "it is being changed"],
  ] as const)
    it(`goes away by itself when it is ${code}: ${what}`, () => {
      assert.equal(transientBecause(failure(code, said)), what);
    });

  it("goes away by itself when a network interface still uses what is deleted, and not when it is made", () => {
    assert.equal(
      transientBecause(failure("DependencyViolation", "resource sg-1 has a dependent object", "delete")),
      "a network interface still uses it",
    );
    assert.equal(transientBecause(failure("DependencyViolation", "resource sg-1 has a dependent object", "create")), undefined);
  });

  for (const [code, said] of [
    ["AccessDenied", "User is not authorized"],
    ["VpcLimitExceeded", "The maximum number of VPCs has been reached."],
    ["InvalidParameterValue", "Invalid CIDR block"],
    ["ResourceConflictException", "Function already exist: orders"],
    ["NotThrottling", "nothing of the kind"],
    ["MalformedPolicyDocument", "Syntax errors in policy."],
  ] as const)
    it(`stays when it is ${code}: ${said}`, () => {
      assert.equal(transientBecause(failure(code, said)), undefined);
    });

  it("stays when one of several does, and when it is none of AWS's", () => {
    assert.equal(transientBecause({ ...THROTTLED, message: `${THROTTLED.message}\n${FORBIDDEN.message}` }), undefined);
    assert.equal(transientBecause({ ...THROTTLED, message: "the program failed: Throttling" }), undefined);
  });

  it("is in the table with a source and a date", () => {
    for (const { source, date } of TRANSIENT_ERRORS)
      assert.match(`${source} ${date}`, /^https:\/\/docs\.aws\.amazon\.com\/\S+ \d{4}-\d\d$/);
  });
});

describe("an update that fails", () => {
  /** Fails in one way after the other, then succeeds. */
  function update(...ways: (readonly Failure[])[]): { readonly run: () => Promise<string>; readonly runs: () => number } {
    let runs = 0;
    const run = (): Promise<string> => {
      const failed = ways[runs++];
      return failed === undefined ? Promise.resolve("done") : Promise.reject(new UpdateFailed("dev: failed", failed));
    };
    return { run, runs: () => runs };
  }

  let steps: RecoveryStep[];
  beforeEach(() => (steps = []));
  const tried = async (run: () => Promise<string>, attempts = 3): Promise<string> =>
    retrying(run, (step) => steps.push(step), { attempts, firstPauseMs: 1 });

  it("is run again while all that fails goes away by itself, and says so of each", async () => {
    const { run, runs } = update([THROTTLED], [THROTTLED, failure("SlowDown", "slower")]);
    assert.equal(await tried(run), "done");
    assert.equal(runs(), 3);
    assert.deepEqual(
      steps.map(({ action, message }) => [action, /because AWS was asked too often/.test(message)]),
      [
        ["retried", true],
        ["retried", true],
        ["retried", true],
      ],
    );
  });

  it("is not run again when anything in it stays", async () => {
    const { run, runs } = update([THROTTLED, FORBIDDEN]);
    await assert.rejects(tried(run), UpdateFailed);
    assert.deepEqual([runs(), steps], [1, []]);
  });

  it("is not run again when the program failed, or anything else did", async () => {
    const { run, runs } = update([]);
    await assert.rejects(tried(run), UpdateFailed);
    assert.equal(runs(), 1);
    await assert.rejects(
      tried(() => Promise.reject(new Error("a bug"))),
      /a bug/,
    );
  });

  it("is given up after as many runs as were agreed, with its own error", async () => {
    const { run, runs } = update([THROTTLED], [THROTTLED], [THROTTLED]);
    await assert.rejects(tried(run, 2), UpdateFailed);
    assert.equal(runs(), 2);
    assert.equal(steps.length, 1);
  });
});
