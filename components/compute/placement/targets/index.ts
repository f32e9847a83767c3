import { type Target } from "../../../service/descriptor";
import { FARGATE } from "./fargate";
import { FARGATE_JOB } from "./fargate-job";
import { ECS, EKS, EKS_STATEFUL } from "./instances";
import { LAMBDA } from "./lambda";
import { type TargetRow } from "./target";

/** Every place where services can run. */
export const TARGET_TABLE: Readonly<Record<Target, TargetRow>> = {
  lambda: LAMBDA,
  fargate: FARGATE,
  "fargate-job": FARGATE_JOB,
  ecs: ECS,
  eks: EKS,
  "eks-stateful": EKS_STATEFUL,
};
