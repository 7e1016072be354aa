ALTER TABLE "endpoints" ADD COLUMN "settled" jsonb;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "drift" jsonb;