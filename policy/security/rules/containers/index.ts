import type { Rule } from "../../../lib/rule";
import { clusterHasContainerInsights } from "./cluster-has-container-insights";
import { containerIsConfined } from "./container-is-confined";
import { execIsLoggedAndEncrypted } from "./exec-is-logged-and-encrypted";
import { executionRoleIsNotTaskRole } from "./execution-role-is-not-task-role";
import { fargatePlatformIsLatest } from "./fargate-platform-is-latest";
import { hostNetworkTaskNamesItsUser } from "./host-network-task-names-its-user";
import { repositoryHasLifecycle } from "./repository-has-lifecycle";
import { repositoryIsEncryptedWithKms } from "./repository-is-encrypted-with-kms";
import { repositoryIsNotPublic } from "./repository-is-not-public";
import { repositoryScansItsImages } from "./repository-scans-its-images";
import { repositoryTagsAreImmutable } from "./repository-tags-are-immutable";
import { taskImageIsPinned } from "./task-image-is-pinned";
import { taskSharesNoHostNamespace } from "./task-shares-no-host-namespace";
import { taskVolumeIsEncryptedInTransit } from "./task-volume-is-encrypted-in-transit";

/** Amazon ECS and ECR. */
export const containerRules: readonly Rule[] = [
  containerIsConfined,
  executionRoleIsNotTaskRole,
  hostNetworkTaskNamesItsUser,
  taskSharesNoHostNamespace,
  taskVolumeIsEncryptedInTransit,
  taskImageIsPinned,
  fargatePlatformIsLatest,
  clusterHasContainerInsights,
  execIsLoggedAndEncrypted,
  repositoryIsNotPublic,
  repositoryTagsAreImmutable,
  repositoryScansItsImages,
  repositoryIsEncryptedWithKms,
  repositoryHasLifecycle,
];
