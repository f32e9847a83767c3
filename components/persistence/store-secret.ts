import { type Statement } from "../iam";

/** Lets a service read the secret that a store's login is in, and decrypt that secret only. */
export function readStoreSecret({
  secretArn,
  keyArn,
}: {
  readonly secretArn: Statement["Resource"];
  readonly keyArn: Statement["Resource"];
}): Statement[] {
  // Without statement ids: a service may be bound to several stores, and ids would clash.
  return [
    { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn },
    {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: keyArn,
      Condition: { StringEquals: { "kms:EncryptionContext:SecretARN": secretArn } },
    },
  ];
}
