-- Specimens that laboratories examined, as counted from their bundles: nothing of whose they were. Of the hub alone.
CREATE TABLE laboratory_count (
	file integer NOT NULL,
	facility integer NOT NULL,
	day integer NOT NULL, -- of the result
	specimen_day integer, -- null: not stated
	area integer, -- kabupaten/kota of the patients; null: not stated
	tested integer NOT NULL,
	positive integer NOT NULL,
	negative integer NOT NULL,
	inconclusive integer NOT NULL,
	CHECK (positive + negative + inconclusive = tested)
);
CREATE INDEX laboratory_count_day ON laboratory_count (facility, day);
CREATE INDEX laboratory_count_file ON laboratory_count (file);
