export { armOf, createAssignment, experimentOf, isHeldOut } from "./assignment.ts";
export type { Arm, Assignment, AssignmentPlan, Experiment, Holdout, Layer } from "./assignment.ts";
export { detectableLift, planHoldout, revenuePerVisitor } from "./power.ts";
export type { HoldoutDesign, HoldoutPlan, HoldoutPlanOptions, Traffic } from "./power.ts";
