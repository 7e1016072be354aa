CREATE TABLE "late_windows" (
	"endpoint_id" uuid NOT NULL,
	"minute" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "late_windows_endpoint_id_minute_pk" PRIMARY KEY("endpoint_id","minute")
);
