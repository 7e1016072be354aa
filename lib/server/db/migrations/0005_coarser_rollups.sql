CREATE INDEX "request_rollups_merged" ON "request_rollups" USING btree ("endpoint_id","replica_id","revision","window_start") WHERE status = 0;--> statement-breakpoint
CREATE TABLE "request_rollups_300" PARTITION OF "request_rollups" FOR VALUES IN (300) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "request_rollups_300_rest" PARTITION OF "request_rollups_300" DEFAULT;--> statement-breakpoint
CREATE TABLE "request_rollups_14400" PARTITION OF "request_rollups" FOR VALUES IN (14400) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "request_rollups_14400_rest" PARTITION OF "request_rollups_14400" DEFAULT;--> statement-breakpoint
CREATE TABLE "hardware_rollups_300" PARTITION OF "hardware_rollups" FOR VALUES IN (300) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "hardware_rollups_300_rest" PARTITION OF "hardware_rollups_300" DEFAULT;--> statement-breakpoint
CREATE TABLE "hardware_rollups_14400" PARTITION OF "hardware_rollups" FOR VALUES IN (14400) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "hardware_rollups_14400_rest" PARTITION OF "hardware_rollups_14400" DEFAULT;--> statement-breakpoint
CREATE TABLE "token_rollups_300" PARTITION OF "token_rollups" FOR VALUES IN (300) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "token_rollups_300_rest" PARTITION OF "token_rollups_300" DEFAULT;--> statement-breakpoint
CREATE TABLE "token_rollups_14400" PARTITION OF "token_rollups" FOR VALUES IN (14400) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "token_rollups_14400_rest" PARTITION OF "token_rollups_14400" DEFAULT;--> statement-breakpoint
UPDATE "settings" SET "value" = jsonb_build_object('60', "value"->'minuteMs', '3600', "value"->'hourMs')
  WHERE "key" = 'rollups' AND "value" ? 'minuteMs';
