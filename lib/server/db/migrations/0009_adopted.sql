ALTER TABLE "endpoints" ADD COLUMN "provider_name" text;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "is_read_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "endpoints_adopted" ON "endpoints" USING btree ("connection_id","provider_name") WHERE "endpoints"."removed_at" is null and "endpoints"."provider_name" is not null;