-- By which roads files come that nobody gives by hand: each is of one source and one format.
CREATE TABLE road (
	id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL UNIQUE,
	kind text NOT NULL CHECK (kind IN ('push', 'pull', 'folder')),
	connector text NOT NULL,
	-- Key of the source.
	source text NOT NULL,
	-- push: SHA-256 of the token; who reads the table cannot push with it.
	token bytea CHECK ((kind = 'push') = (token IS NOT NULL)),
	-- pull: the address; folder: its path.
	address text CHECK ((kind = 'push') = (address IS NULL)),
	-- pull, folder: seconds from one look to the next.
	every integer CHECK ((kind = 'push') = (every IS NULL)),
	-- pull: other hosts that it may be sent on to, and addresses of a private network among them.
	hosts text[] NOT NULL DEFAULT '{}',
	made_at bigint NOT NULL,
	-- From then on nothing comes by it; the name stays taken, because the audit trail speaks of it.
	ended_at bigint,
	-- When something last came by it whole, and when it was last tried (milliseconds).
	heard_at bigint,
	tried_at bigint,
	-- Failures since it last worked, and the last of them: JSON of core/api/roads.
	failures integer NOT NULL DEFAULT 0,
	fault text,
	-- pull: what the other end said of the version that was taken in last.
	etag text,
	modified text
);

-- What was answered to a push, by the key that its sender gave it: asked again, the same is answered.
CREATE TABLE push (
	road integer NOT NULL REFERENCES road (id),
	-- SHA-256 of the key, and of everything that was sent under it.
	key text NOT NULL,
	sent text NOT NULL,
	status integer NOT NULL,
	answer text NOT NULL,
	at bigint NOT NULL,
	PRIMARY KEY (road, key)
);
CREATE INDEX push_at ON push (at);

-- The last files of a source are looked for with every file that comes.
CREATE INDEX file_newest ON file (source, as_of DESC, id DESC);
