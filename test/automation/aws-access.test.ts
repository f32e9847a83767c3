import assert from "node:assert/strict";
import { awsAccess } from "../../automation/aws-access";

const KEYS = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "secret" };

describe("access to AWS with the engine's variables", () => {
  it("has their keys, with the token of a session where there is one", () => {
    assert.deepEqual(awsAccess(KEYS), { credentials: { accessKeyId: "id", secretAccessKey: "secret" } });
    assert.deepEqual(awsAccess({ ...KEYS, AWS_SESSION_TOKEN: "token" }), {
      credentials: { accessKeyId: "id", secretAccessKey: "secret", sessionToken: "token" },
    });
  });

  it("prefers keys to a profile, as the engine does", () => {
    assert.deepEqual(awsAccess({ AWS_PROFILE: "team" }), { profile: "team" });
    assert.deepEqual(Object.keys(awsAccess({ ...KEYS, AWS_PROFILE: "team" })), ["credentials"]);
  });

  it("is the SDK's own where the variables say nothing, or half", () => {
    assert.deepEqual(awsAccess({}), {});
    assert.deepEqual(awsAccess({ AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "" }), {});
  });
});
