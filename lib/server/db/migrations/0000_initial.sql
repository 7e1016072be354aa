CREATE TABLE "audit_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"team_id" uuid,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"object_kind" text NOT NULL,
	"object_id" text,
	"object_name" text,
	"address" text,
	"request_id" text,
	"change" jsonb
);
--> statement-breakpoint
CREATE TABLE "endpoints" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"name" text NOT NULL,
	"provider" text NOT NULL,
	"desired" text DEFAULT 'present' NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"state" text DEFAULT 'pending' NOT NULL,
	"state_message" text DEFAULT '' NOT NULL,
	"error_message" text,
	"serving_revision" integer,
	"ready_replicas" integer DEFAULT 0 NOT NULL,
	"target_replicas" integer DEFAULT 0 NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"lease_holder" text,
	"lease_epoch" bigint DEFAULT 0 NOT NULL,
	"lease_expires_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"kind" text NOT NULL,
	"message" text NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_name" text NOT NULL,
	"revision" integer,
	"replica_id" uuid,
	"data" jsonb
);
--> statement-breakpoint
CREATE TABLE "hardware_rollups" (
	"resolution" smallint NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"replica_id" uuid NOT NULL,
	"samples" integer NOT NULL,
	"cpu_min" double precision NOT NULL,
	"cpu_mean" double precision NOT NULL,
	"cpu_max" double precision NOT NULL,
	"memory_min" double precision NOT NULL,
	"memory_mean" double precision NOT NULL,
	"memory_max" double precision NOT NULL,
	"memory_limit" double precision,
	"gpu_min" double precision,
	"gpu_mean" double precision,
	"gpu_max" double precision,
	"gpu_memory_min" double precision,
	"gpu_memory_mean" double precision,
	"gpu_memory_max" double precision,
	CONSTRAINT "hardware_rollups_resolution_endpoint_id_window_start_replica_id_pk" PRIMARY KEY("resolution","endpoint_id","window_start","replica_id")
) PARTITION BY LIST ("resolution");
--> statement-breakpoint
CREATE TABLE "memberships" (
	"team_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "memberships_team_id_user_id_pk" PRIMARY KEY("team_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "processes" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"host" text NOT NULL,
	"url" text,
	"sealed_secret" text,
	"started_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"routes_read_at" timestamp (3) with time zone,
	"in_flight" jsonb
);
--> statement-breakpoint
CREATE TABLE "replica_intervals" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"replica_id" uuid NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"instance_type" text NOT NULL,
	"price_usd_per_hour" double precision
);
--> statement-breakpoint
CREATE TABLE "replicas" (
	"id" uuid PRIMARY KEY NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"message" text DEFAULT '' NOT NULL,
	"address" text,
	"restarts" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ready_at" timestamp (3) with time zone,
	"draining_at" timestamp (3) with time zone,
	"stopped_at" timestamp (3) with time zone,
	"exit" jsonb,
	"logs_ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "request_records" (
	"endpoint_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"request_id" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"status" smallint NOT NULL,
	"revision" integer NOT NULL,
	"replica_id" uuid,
	"token_id" uuid,
	"bytes_in" bigint NOT NULL,
	"bytes_out" bigint NOT NULL,
	"tokens_in" integer,
	"tokens_out" integer,
	"wait_us" bigint NOT NULL,
	"ttfb_us" bigint,
	"total_us" bigint NOT NULL,
	"weight" double precision NOT NULL,
	"reason" text NOT NULL,
	"error" text,
	CONSTRAINT "request_records_endpoint_id_at_request_id_pk" PRIMARY KEY("endpoint_id","at","request_id")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
CREATE TABLE "request_rollups" (
	"resolution" smallint NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"replica_id" uuid NOT NULL,
	"status" smallint NOT NULL,
	"process_id" text NOT NULL,
	"requests" bigint NOT NULL,
	"status_counts" jsonb,
	"bytes_in" bigint NOT NULL,
	"bytes_out" bigint NOT NULL,
	"tokens_in" bigint NOT NULL,
	"tokens_out" bigint NOT NULL,
	"total" "bytea",
	"ttfb" "bytea",
	"wait" "bytea",
	"in_flight_max" integer,
	"in_flight_mean" double precision,
	"waiting_max" integer,
	"waiting_mean" double precision,
	"records_kept" integer,
	"gap_possible" smallint DEFAULT 0 NOT NULL,
	CONSTRAINT "request_rollups_resolution_endpoint_id_window_start_revision_replica_id_status_process_id_pk" PRIMARY KEY("resolution","endpoint_id","window_start","revision","replica_id","status","process_id")
) PARTITION BY LIST ("resolution");
--> statement-breakpoint
CREATE TABLE "revisions" (
	"endpoint_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"spec" jsonb NOT NULL,
	"sealed_secrets" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"sent_type" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"summary" text NOT NULL,
	CONSTRAINT "revisions_endpoint_id_number_pk" PRIMARY KEY("endpoint_id","number")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"user_agent" text,
	"address" text
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"window_started_at" timestamp (3) with time zone NOT NULL,
	"blocked_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "team_refusals" (
	"window_start" timestamp (3) with time zone NOT NULL,
	"team_id" uuid NOT NULL,
	"status" smallint NOT NULL,
	"process_id" text NOT NULL,
	"requests" bigint NOT NULL,
	CONSTRAINT "team_refusals_window_start_team_id_status_process_id_pk" PRIMARY KEY("window_start","team_id","status","process_id")
) PARTITION BY RANGE ("window_start");
--> statement-breakpoint
CREATE TABLE "teams" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "teams_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "token_rollups" (
	"resolution" smallint NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"token_id" uuid NOT NULL,
	"status_class" smallint NOT NULL,
	"process_id" text NOT NULL,
	"requests" bigint NOT NULL,
	"total" "bytea",
	CONSTRAINT "token_rollups_resolution_endpoint_id_window_start_token_id_status_class_process_id_pk" PRIMARY KEY("resolution","endpoint_id","window_start","token_id","status_class","process_id")
) PARTITION BY LIST ("resolution");
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"preview" text NOT NULL,
	"hash" "bytea" NOT NULL,
	"scope" text NOT NULL,
	"purpose" text DEFAULT 'api' NOT NULL,
	"endpoint_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "tokens_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replica_intervals" ADD CONSTRAINT "replica_intervals_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replica_intervals" ADD CONSTRAINT "replica_intervals_replica_id_replicas_id_fk" FOREIGN KEY ("replica_id") REFERENCES "public"."replicas"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "replicas" ADD CONSTRAINT "replicas_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_team_id_teams_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."teams"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_team" ON "audit_log" USING btree ("team_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "endpoints_live_name" ON "endpoints" USING btree ("team_id","name") WHERE "endpoints"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "endpoints_team" ON "endpoints" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "events_endpoint" ON "events" USING btree ("endpoint_id","at");--> statement-breakpoint
CREATE INDEX "memberships_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "replica_intervals_endpoint" ON "replica_intervals" USING btree ("endpoint_id","started_at");--> statement-breakpoint
CREATE INDEX "replica_intervals_replica" ON "replica_intervals" USING btree ("replica_id");--> statement-breakpoint
CREATE INDEX "replicas_endpoint" ON "replicas" USING btree ("endpoint_id","created_at");--> statement-breakpoint
CREATE INDEX "request_records_total" ON "request_records" USING btree ("endpoint_id","total_us");--> statement-breakpoint
CREATE INDEX "request_records_request_id" ON "request_records" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "tokens_team" ON "tokens" USING btree ("team_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE TABLE "request_rollups_10" PARTITION OF "request_rollups" FOR VALUES IN (10) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "request_rollups_10_rest" PARTITION OF "request_rollups_10" DEFAULT;--> statement-breakpoint
CREATE TABLE "request_rollups_60" PARTITION OF "request_rollups" FOR VALUES IN (60) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "request_rollups_60_rest" PARTITION OF "request_rollups_60" DEFAULT;--> statement-breakpoint
CREATE TABLE "request_rollups_3600" PARTITION OF "request_rollups" FOR VALUES IN (3600) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "request_rollups_3600_rest" PARTITION OF "request_rollups_3600" DEFAULT;--> statement-breakpoint
CREATE TABLE "hardware_rollups_10" PARTITION OF "hardware_rollups" FOR VALUES IN (10) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "hardware_rollups_10_rest" PARTITION OF "hardware_rollups_10" DEFAULT;--> statement-breakpoint
CREATE TABLE "hardware_rollups_60" PARTITION OF "hardware_rollups" FOR VALUES IN (60) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "hardware_rollups_60_rest" PARTITION OF "hardware_rollups_60" DEFAULT;--> statement-breakpoint
CREATE TABLE "hardware_rollups_3600" PARTITION OF "hardware_rollups" FOR VALUES IN (3600) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "hardware_rollups_3600_rest" PARTITION OF "hardware_rollups_3600" DEFAULT;--> statement-breakpoint
CREATE TABLE "token_rollups_60" PARTITION OF "token_rollups" FOR VALUES IN (60) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "token_rollups_60_rest" PARTITION OF "token_rollups_60" DEFAULT;--> statement-breakpoint
CREATE TABLE "token_rollups_3600" PARTITION OF "token_rollups" FOR VALUES IN (3600) PARTITION BY RANGE ("window_start");--> statement-breakpoint
CREATE TABLE "token_rollups_3600_rest" PARTITION OF "token_rollups_3600" DEFAULT;--> statement-breakpoint
CREATE TABLE "request_records_rest" PARTITION OF "request_records" DEFAULT;--> statement-breakpoint
CREATE TABLE "team_refusals_rest" PARTITION OF "team_refusals" DEFAULT;
