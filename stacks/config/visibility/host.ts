import { z } from "zod";

/** `strata:visibility.host`: what runs the programs of the visibility layer. */
export const VisibilityHostKey = z
  .enum(["auto", "eks", "ecs"])
  .default("auto")
  .describe(
    "What runs the programs of the visibility layer: `eks`, `ecs`, or `auto` for EKS where a service runs on the environment's own cluster, else ECS.",
  );
