-- The digest of the dataset as it was last told, by part (core/feed/digest.ts). Only the parts that a publication touches are made
-- again.
CREATE TABLE digest_part (
	"table" text NOT NULL,
	month integer, -- null, as the province, for a table that is one part
	province integer,
	rows integer NOT NULL,
	sha256 text NOT NULL
);
CREATE INDEX digest_part_name ON digest_part ("table", month, province);

-- The publication that the parts speak of. No row: none were made yet.
CREATE TABLE digest_state (
	one boolean PRIMARY KEY DEFAULT true CHECK (one),
	epoch uuid NOT NULL,
	seq bigint NOT NULL,
	schema_ver integer NOT NULL, -- of the rows that were hashed
	places text NOT NULL -- sha256 over the division into provinces: when it changes, every part is made again
);
