export { actionTypes } from "./action.ts";
export type { Action, AttachOffer, Boost, Bury, Cap, Filter, Pin, ReplaceStrategy } from "./action.ts";
export { assertCondition, assertCustomerCondition, assertProductCondition } from "./check-condition.ts";
export type { ConditionLimits } from "./check-condition.ts";
export { assertRules } from "./check-rules.ts";
export type { RuleLimits } from "./check-rules.ts";
export { assertSchedule } from "./check-schedule.ts";
export { always, operators } from "./condition.ts";
export type { Condition, CustomerCondition, Leaf, ProductCondition, Range, Tree } from "./condition.ts";
export type { AttachedOffer, Directives, Multiplier, PinnedProduct, ProductCap, ProductFilter } from "./directives.ts";
export type { Attributes, CartFacts, ContextFacts, CustomerFacts, Facts, Money, SessionFacts } from "./facts.ts";
export { fieldDefinition, fields, weekdays } from "./field.ts";
export type {
  CustomerField,
  Field,
  FieldDefinition,
  FieldKind,
  FieldOf,
  NamedField,
  OpenField,
  ProductField,
  Weekday,
} from "./field.ts";
export { createProductSets } from "./product-sets.ts";
export type { ProductSet, ProductSets } from "./product-sets.ts";
export type { MerchandisingRule } from "./rule.ts";
export { compileRules } from "./rule-set.ts";
export type { RuleSet } from "./rule-set.ts";
export type { Schedule, Season, WeeklyWindow } from "./schedule.ts";
export { createScheduleClock } from "./schedule-clock.ts";
export type { ScheduleClock, ZoneOffset } from "./schedule-clock.ts";
