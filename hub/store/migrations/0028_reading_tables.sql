-- Tables by which files of other systems are read (hub/reports/reading-tables.ts), and what was imported of those systems' own metadata.
-- The newest version applies; a table of none is empty.
CREATE TABLE reading_table (
	name text NOT NULL,
	version integer NOT NULL,
	at bigint NOT NULL, -- ms since 1970 UTC
	person text NOT NULL,
	reason text NOT NULL,
	content text NOT NULL, -- JSON
	PRIMARY KEY (name, version)
);
