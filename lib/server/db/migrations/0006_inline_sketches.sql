-- Charts read hundreds of sketches at once: beside their row, not compressed (they hardly shrink), they cost a tenth.
ALTER TABLE "request_rollups" ALTER COLUMN "total" SET STORAGE EXTERNAL, ALTER COLUMN "ttfb" SET STORAGE EXTERNAL,
  ALTER COLUMN "wait" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "token_rollups" ALTER COLUMN "total" SET STORAGE EXTERNAL;--> statement-breakpoint
DO $$
DECLARE part regclass;
BEGIN
  FOR part IN
    SELECT t.relid FROM pg_partition_tree('request_rollups') t WHERE t.isleaf
    UNION ALL SELECT t.relid FROM pg_partition_tree('token_rollups') t WHERE t.isleaf
  LOOP
    EXECUTE format('ALTER TABLE %s SET (toast_tuple_target = 8160)', part);
  END LOOP;
END $$;
