-- How the tables of a source are read, as data managers said. The newest version applies; one without a mapping ends it.
CREATE TABLE table_mapping (
	source text NOT NULL, -- key
	version integer NOT NULL,
	at bigint NOT NULL, -- ms since 1970 UTC
	person text NOT NULL,
	reason text NOT NULL,
	mapping text, -- JSON: core/mapping/mapping TableMapping
	PRIMARY KEY (source, version)
);

-- Tables as they were given, whole: what could not be read is read again once somebody has said how.
CREATE TABLE given_table (
	id integer PRIMARY KEY,
	name text NOT NULL,
	sha256 text NOT NULL,
	bytes bytea NOT NULL,
	at bigint NOT NULL, -- ms since 1970 UTC
	person text NOT NULL, -- name to sign in with
	source text, -- key under which it was taken in; null, as the others: it was not
	version integer, -- of the mapping
	file integer,
	UNIQUE (sha256, name)
);
ALTER TABLE given_table ALTER COLUMN bytes SET STORAGE EXTERNAL;
