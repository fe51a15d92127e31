CREATE TABLE "import_changes" (
	"import_id" text NOT NULL,
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"change" text NOT NULL,
	"before" jsonb,
	"md5" text,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "import_changes_import_id_kind_id_pk" PRIMARY KEY("import_id","kind","id")
);
--> statement-breakpoint
CREATE TABLE "removed_products" (
	"id" text PRIMARY KEY NOT NULL,
	"body" jsonb NOT NULL,
	"removed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "undo_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "undo_bytes" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "imports" ADD COLUMN "undo" jsonb;--> statement-breakpoint
CREATE INDEX "import_changes_thing" ON "import_changes" USING btree ("kind","id");