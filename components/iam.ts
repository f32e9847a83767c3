import * as pulumi from "@pulumi/pulumi";

type Values = pulumi.Input<string> | readonly pulumi.Input<string>[];

/** One statement of an IAM policy, spelled as IAM spells it. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: Values;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

/** A statement of a resource's own policy: it also says who. */
export interface PrincipalStatement extends Statement {
  readonly Principal: "*" | { readonly Service?: Values; readonly AWS?: Values };
}

/** A policy as the JSON text that IAM takes. */
export function policyDocument(statements: readonly (Statement | PrincipalStatement)[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements });
}

const POD_IDENTITY = "pods.eks.amazonaws.com";

/**
 * The trust policy of a role for one AWS service, only for resources of this account: without the condition another
 * customer's resource could make the service use the role (IAM user guide, "The confused deputy problem", 2026-11).
 */
export function trustPolicy(service: string, accountId: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        // EKS Pod Identity tags each session with the pod it is for, and is refused without this (EKS user guide, "Pod Identity role", 2026-11).
        Action: service === POD_IDENTITY ? ["sts:AssumeRole", "sts:TagSession"] : "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  });
}
