import { platform } from "./platform";

/** The program: Pulumi calls what it exports, and so does the plan. */
export = platform;
