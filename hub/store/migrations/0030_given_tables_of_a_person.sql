-- Two tables that are given at once get numbers of their own, and the same bytes under the same name are the same table of one person alone.
ALTER TABLE given_table ALTER COLUMN id DROP IDENTITY IF EXISTS;
ALTER TABLE given_table ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
SELECT setval(pg_get_serial_sequence('given_table', 'id'), coalesce(max(id), 0) + 1, false) FROM given_table;
ALTER TABLE given_table
	DROP CONSTRAINT IF EXISTS given_table_sha256_name_key,
	DROP CONSTRAINT IF EXISTS given_table_sha256_name_person_key,
	ADD UNIQUE (sha256, name, person);
