-- Every line of a file is taken in, in quarantine or skipped; a file can be withdrawn.

ALTER TABLE file
	ADD COLUMN lines integer NOT NULL DEFAULT 0,
	ADD COLUMN skipped integer NOT NULL DEFAULT 0,
	-- JSON: what was noticed of the file as a whole (core/quality/repeated-day.ts).
	ADD COLUMN remarks text NOT NULL DEFAULT '[]',
	-- The day from which on the file is not known any more.
	ADD COLUMN withdrawn integer,
	-- Skipped lines by reason; of the hub alone.
	ADD COLUMN skipped_for jsonb NOT NULL DEFAULT '{}';
UPDATE file SET skipped = 1, lines = accepted + quarantined + 1, skipped_for = '{"header": 1}';

-- Of what is wrong in many rows of a file alike, the first rows are kept and the others counted.
ALTER TABLE quarantine ADD COLUMN alike integer NOT NULL DEFAULT 1;

-- When a file was not known: from a day on, until another (null: still). Intervals without a day stay as a record.
CREATE TABLE withdrawal (
	id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	file integer NOT NULL REFERENCES file (id),
	from_day integer NOT NULL,
	to_day integer,
	reason text NOT NULL DEFAULT '',
	recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX withdrawal_open ON withdrawal (file) WHERE to_day IS NULL;

-- The part of source_span that rests on a file that was ever withdrawn.
CREATE TABLE withdrawn_span (
	file integer NOT NULL REFERENCES file (id),
	source integer NOT NULL,
	indicator integer NOT NULL,
	as_of integer NOT NULL,
	first_day integer NOT NULL,
	last_day integer NOT NULL,
	PRIMARY KEY (file, indicator, as_of)
);

-- How far the sources reach as far as is known now.
CREATE VIEW known_span AS
	SELECT source, indicator, as_of, first_day, last_day FROM source_span
	UNION ALL
	SELECT withdrawn_span.source, indicator, withdrawn_span.as_of, first_day, last_day
	FROM withdrawn_span JOIN file ON file.id = withdrawn_span.file WHERE withdrawn IS NULL;
