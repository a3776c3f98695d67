-- People, their sign-ins, and what they changed.

CREATE TABLE person (
	id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name text NOT NULL UNIQUE,
	display text NOT NULL,
	-- As hub/access/password writes it; null: nobody can sign in as this person with a password.
	password text,
	role text NOT NULL,
	scope text NOT NULL,
	made_at bigint NOT NULL,
	-- From then on the person may do nothing; the name stays taken, because the audit trail speaks of it.
	revoked_at bigint
);

CREATE TABLE session (
	-- SHA-256 of the token: who reads the table cannot sign in with it.
	token bytea PRIMARY KEY,
	person integer NOT NULL REFERENCES person (id),
	begun_at bigint NOT NULL,
	ends_at bigint NOT NULL,
	ended_at bigint
);
CREATE INDEX session_person ON session (person);

-- Failed sign-ins by the name that was given, known or not: each further try waits longer.
CREATE TABLE sign_in_failure (
	name text PRIMARY KEY,
	failures integer NOT NULL,
	last_at bigint NOT NULL
);

-- Who changed what. Rows are only ever added; each holds the hash of the one before.
CREATE TABLE audit (
	number bigint PRIMARY KEY,
	at bigint NOT NULL,
	command uuid NOT NULL UNIQUE,
	name text NOT NULL,
	person text NOT NULL,
	display text NOT NULL,
	role text NOT NULL,
	scope text NOT NULL,
	subject text NOT NULL,
	-- JSON of the codes of every area whose figures it may change.
	areas text NOT NULL,
	reason text NOT NULL,
	-- JSON as it was hashed.
	request text NOT NULL,
	before text NOT NULL,
	after text NOT NULL,
	-- The command that takes it back, or null where nothing does.
	inverse text,
	-- The row that this one took back.
	undoes bigint REFERENCES audit (number),
	previous text NOT NULL,
	hash text NOT NULL
);
CREATE INDEX audit_subject ON audit (subject, number);
CREATE UNIQUE INDEX audit_undoes ON audit (undoes);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A command that was carried out, so that asking twice does it once; and the publication that carries it, null before that.
CREATE TABLE command (
	id uuid PRIMARY KEY,
	audit bigint NOT NULL REFERENCES audit (number),
	seq bigint
);
CREATE INDEX command_unpublished ON command (id) WHERE seq IS NULL;

-- A decision about one day of one area is a source of its own, asked before all others.
ALTER TABLE source DROP CONSTRAINT source_cadence_check,
	ADD CONSTRAINT source_cadence_check CHECK (cadence IN ('daily', 'on-change', 'once'));

-- Decisions that hold until a day; the file is the one they are kept as.
CREATE TABLE decision (
	file integer PRIMARY KEY REFERENCES file (id),
	subject text NOT NULL,
	-- The last day (WIB) on which it holds; null: until it is taken back.
	until_day integer
);
CREATE INDEX decision_subject ON decision (subject);
