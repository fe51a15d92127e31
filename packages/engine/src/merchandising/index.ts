export { actionTypes } from "./action.ts";
export type { Action, AttachOffer, Boost, Bury, Cap, Filter, Pin, ReplaceStrategy } from "./action.ts";
export { assertCondition, assertCustomerCondition, assertProductCondition } from "./check-condition.ts";
export type { ConditionLimits } from "./check-condition.ts";
export { assertRules } from "./check-rules.ts";
export type { RuleLimits } from "./check-rules.ts";
export { assertSchedule } from "./check-schedule.ts";
export { assertTriggers } from "./check-triggers.ts";
export { always, operators } from "./condition.ts";
export type { Condition, CustomerCondition, Leaf, ProductCondition, Range, Tree } from "./condition.ts";
export type { Conflict, ConflictType } from "./conflict.ts";
export { findConflicts, findConflictsInPieces } from "./conflicts.ts";
export type { ConflictOptions } from "./conflicts.ts";
export type { AttachedOffer, Directives, Multiplier, PinnedProduct, ProductCap, ProductFilter } from "./directives.ts";
export type { ConditionExplanation, RuleExplanation } from "./explain.ts";
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
export { scoreRfm } from "./rfm.ts";
export type { RfmOptions, RfmScores } from "./rfm.ts";
export { rfmSegmentOf, rfmSegments } from "./rfm-segments.ts";
export type { RfmSegment } from "./rfm-segments.ts";
export type { MerchandisingRule } from "./rule.ts";
export { compileRules } from "./rule-set.ts";
export type { RuleSet } from "./rule-set.ts";
export type { Schedule, Season, WeeklyWindow } from "./schedule.ts";
export { createScheduleClock } from "./schedule-clock.ts";
export type { ScheduleClock, ZoneOffset } from "./schedule-clock.ts";
export { assertSegments, createSegmenter } from "./segments.ts";
export type { Segment, Segmenter } from "./segments.ts";
export type { Firings, FrequencyCap, Trigger, TriggerCause, TriggerEvent, TriggerState } from "./trigger.ts";
export { createTriggerState, stepTriggers } from "./trigger-machine.ts";
export type { TriggerStep } from "./trigger-machine.ts";
export { actionWords, conditionWords, ruleWords, scheduleWords } from "./words.ts";
