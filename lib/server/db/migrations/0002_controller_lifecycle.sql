ALTER TABLE "endpoints" ADD COLUMN "failed_revision" integer;--> statement-breakpoint
ALTER TABLE "replicas" ADD COLUMN "crashes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "replicas" ADD COLUMN "attempt_started_at" timestamp (3) with time zone DEFAULT now() NOT NULL;