-- Releases of open data: what each of them counted, whole, what it shows of that, and who let it out. What was public stays known: these rows
-- outlive a reset, since every later release is held against them.
CREATE TABLE open_release (
	number integer PRIMARY KEY,
	epoch text NOT NULL,
	-- The publication of the dataset that it was made from.
	seq bigint NOT NULL,
	at bigint NOT NULL, -- ms since 1970 UTC
	person text NOT NULL,
	-- The public releases that it was held against, as JSON of their numbers: others that became public since make it out of date.
	against text NOT NULL,
	corrects integer REFERENCES open_release (number),
	note text NOT NULL,
	exercise boolean NOT NULL,
	recipe text NOT NULL, -- JSON
	attack text NOT NULL, -- JSON: what the attack found
	content bytea NOT NULL -- zstd of JSON: the table, and which of its cells are shown
);

-- What was decided of a release. Rows are only added.
CREATE TABLE open_release_step (
	release integer NOT NULL REFERENCES open_release (number),
	number integer NOT NULL,
	kind text NOT NULL CHECK (kind IN ('approve', 'discard', 'withdraw')),
	at bigint NOT NULL,
	person text NOT NULL,
	display text NOT NULL,
	note text NOT NULL,
	command uuid NOT NULL,
	PRIMARY KEY (release, number)
);
CREATE TRIGGER open_release_step_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON open_release_step
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER open_release_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON open_release
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
