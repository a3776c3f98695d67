-- What an administrator calls a source; `source` holds the names in use, and what its connector calls it is kept for the way back.
CREATE TABLE source_name (
	source integer PRIMARY KEY REFERENCES source (id),
	id_name text NOT NULL,
	en_name text NOT NULL,
	given_id_name text NOT NULL,
	given_en_name text NOT NULL
);
