-- How far the log goes. Every publication takes its number from this row as the last statement of its transaction, so that numbers
-- have no gaps and follow the order of commits. An epoch is never used again.
CREATE TABLE sync_head (
	one boolean PRIMARY KEY DEFAULT true CHECK (one),
	epoch uuid NOT NULL,
	seq bigint NOT NULL
);
INSERT INTO sync_head (epoch, seq) VALUES (gen_random_uuid(), 0);

CREATE TABLE publication (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	seq bigint UNIQUE, -- null only inside the publishing transaction
	committed_at timestamptz,
	rows integer NOT NULL,
	snapshot_only boolean NOT NULL,
	body bytea, -- zstd of the JSON of the blocks until the segment is cut; null for snapshot_only
	segment bytea, -- as served; null before it is cut, and when it is too old to be served
	sha256 text, -- of the segment
	bytes integer,
	chain text -- chain hash after this segment; null before it is cut
);
-- Compressed already.
ALTER TABLE publication ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE publication ALTER COLUMN segment SET STORAGE EXTERNAL;

CREATE TABLE snapshot (
	id text PRIMARY KEY,
	seq bigint NOT NULL,
	rows bigint NOT NULL,
	manifest text NOT NULL, -- as served; its chunks are files of the data folder
	manifest_sha256 text NOT NULL,
	made_at timestamptz NOT NULL DEFAULT now()
);
