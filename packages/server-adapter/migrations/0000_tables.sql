CREATE TABLE "api_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"sha256" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"origins" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "blobs" (
	"name" text NOT NULL,
	"chunk" integer NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "blobs_name_chunk_pk" PRIMARY KEY("name","chunk")
);
--> statement-breakpoint
CREATE TABLE "child_decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"parent_id" text NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"snapshot_version" text NOT NULL,
	"rerank_version" integer NOT NULL,
	"session" jsonb NOT NULL,
	"products" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text PRIMARY KEY NOT NULL,
	"decided_at" timestamp with time zone NOT NULL,
	"placement" text NOT NULL,
	"strategy_id" text NOT NULL,
	"strategy_version" integer NOT NULL,
	"status" text NOT NULL,
	"arm" text NOT NULL,
	"state_version" text NOT NULL,
	"visitor_id" text,
	"session_id" text,
	"customer_id" text,
	"receipt" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "engines" (
	"run_id" text PRIMARY KEY NOT NULL,
	"state_version" text NOT NULL,
	"trained_at" timestamp with time zone NOT NULL,
	"files" jsonb NOT NULL,
	"snapshot_version" text NOT NULL,
	"serving" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"occurred_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"visitor_id" text,
	"session_id" text,
	"product_id" text,
	"decision_id" text,
	"child_decision_id" text,
	"position" smallint,
	"placement" text,
	"consent_measurement" boolean NOT NULL,
	"consent_personalisation" boolean NOT NULL,
	"user_agent" text,
	"flaw" text
);
--> statement-breakpoint
CREATE TABLE "idempotent_answers" (
	"key" text PRIMARY KEY NOT NULL,
	"request_sha256" text NOT NULL,
	"status" smallint NOT NULL,
	"answer" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text PRIMARY KEY NOT NULL,
	"job_id" text,
	"kind" text NOT NULL,
	"file_name" text NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"progress" double precision NOT NULL,
	"step" text,
	"options" jsonb NOT NULL,
	"lines" jsonb NOT NULL,
	"report" jsonb,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "markets" (
	"id" text PRIMARY KEY NOT NULL,
	"rank" smallint NOT NULL,
	"country" text NOT NULL,
	"currency" text NOT NULL,
	"locale" text NOT NULL,
	"time_zone" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text PRIMARY KEY NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"customer_id" text,
	"visitor_id" text,
	"session_id" text,
	"currency" text NOT NULL,
	"version" bigint NOT NULL,
	"net" bigint NOT NULL,
	"lines" jsonb NOT NULL,
	"import_id" text,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"active" boolean NOT NULL,
	"published_at" timestamp with time zone,
	"body" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rollups" (
	"bucket" timestamp with time zone NOT NULL,
	"placement" text NOT NULL,
	"strategy" text NOT NULL,
	"position" smallint NOT NULL,
	"is_reranked" boolean NOT NULL,
	"impressions" integer NOT NULL,
	"clicks" integer NOT NULL,
	"add_to_carts" integer NOT NULL,
	CONSTRAINT "rollups_bucket_placement_strategy_position_is_reranked_pk" PRIMARY KEY("bucket","placement","strategy","position","is_reranked")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"job_id" text,
	"status" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"progress" double precision NOT NULL,
	"step" text,
	"facts" jsonb,
	"state_version" text,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "states" (
	"series" text NOT NULL,
	"place" integer NOT NULL,
	"version" text NOT NULL,
	"run_id" text NOT NULL,
	"holdout_share" double precision,
	"served_at" timestamp with time zone NOT NULL,
	"file" jsonb NOT NULL,
	CONSTRAINT "states_series_place_pk" PRIMARY KEY("series","place")
);
--> statement-breakpoint
CREATE TABLE "versions" (
	"subject" text PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "visitors" (
	"id" text PRIMARY KEY NOT NULL,
	"arm" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_sha256" ON "api_keys" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "child_decisions_parent" ON "child_decisions" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "decisions_decided_at" ON "decisions" USING btree ("decided_at");--> statement-breakpoint
CREATE INDEX "decisions_visitor" ON "decisions" USING btree ("visitor_id");--> statement-breakpoint
CREATE INDEX "decisions_session" ON "decisions" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "engines_serving" ON "engines" USING btree ("serving");--> statement-breakpoint
CREATE INDEX "events_occurred_at" ON "events" USING btree ("occurred_at");--> statement-breakpoint
CREATE INDEX "events_visitor" ON "events" USING btree ("visitor_id");--> statement-breakpoint
CREATE INDEX "events_decision" ON "events" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "orders_placed_at" ON "orders" USING btree ("placed_at");--> statement-breakpoint
CREATE INDEX "orders_visitor" ON "orders" USING btree ("visitor_id");--> statement-breakpoint
CREATE INDEX "orders_customer" ON "orders" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "products_title" ON "products" USING btree ("title");--> statement-breakpoint
CREATE INDEX "products_variant_ids" ON "products" USING gin (jsonb_path_query_array(body, '$.variants[*].id'));--> statement-breakpoint
CREATE INDEX "states_version" ON "states" USING btree ("version");