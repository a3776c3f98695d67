-- The hub's store. The tables of the published dataset have the columns of core/feed/table.ts; the others are the hub's own.

CREATE TABLE dataset (
	key text PRIMARY KEY,
	value text NOT NULL
);

CREATE TABLE area (
	id integer PRIMARY KEY,
	code text NOT NULL UNIQUE,
	level integer NOT NULL,
	name text NOT NULL,
	parent integer REFERENCES area (id),
	lat double precision,
	lng double precision,
	valid_from text,
	valid_to text,
	successors text NOT NULL DEFAULT '[]',
	bps_code text,
	population integer,
	population_year integer,
	population_source text
);
CREATE INDEX area_parent ON area (parent);

CREATE TABLE source (
	id integer PRIMARY KEY,
	key text NOT NULL UNIQUE,
	id_name text NOT NULL,
	en_name text NOT NULL,
	id_order text NOT NULL,
	en_order text NOT NULL,
	rank integer NOT NULL,
	cadence text NOT NULL CHECK (cadence IN ('daily', 'on-change'))
);

CREATE TABLE file (
	id integer PRIMARY KEY,
	source integer NOT NULL REFERENCES source (id),
	connector text NOT NULL,
	name text NOT NULL,
	sha256 text NOT NULL,
	bytes bigint NOT NULL,
	received_at bigint NOT NULL,
	as_of integer,
	accepted integer NOT NULL,
	quarantined integer NOT NULL,
	-- The same bytes under another name still state their rows once, unless the name says which place or day they speak of.
	UNIQUE (sha256, connector, name)
);

CREATE TABLE quarantine (
	id integer PRIMARY KEY,
	file integer NOT NULL REFERENCES file (id),
	line integer,
	"column" text,
	reason text NOT NULL,
	found text NOT NULL,
	expected text NOT NULL
);
CREATE INDEX quarantine_file ON quarantine (file);

CREATE TABLE geography (
	id text PRIMARY KEY,
	approximate integer NOT NULL,
	source text NOT NULL,
	licence text NOT NULL,
	topojson text NOT NULL
);

-- A row of a source file, kept whole and never edited.
CREATE TABLE report (
	file integer NOT NULL,
	line integer NOT NULL,
	source integer NOT NULL,
	area integer NOT NULL,
	day integer NOT NULL,
	as_of integer NOT NULL,
	stated jsonb NOT NULL,
	raw jsonb NOT NULL
);
CREATE INDEX report_area ON report (area);
CREATE INDEX report_file ON report (file);

CREATE TABLE fact (
	indicator integer NOT NULL,
	month integer NOT NULL,
	area integer NOT NULL,
	day integer NOT NULL,
	value double precision,
	source integer,
	rule integer NOT NULL,
	marks integer NOT NULL,
	as_of integer NOT NULL,
	reporting integer,
	expected integer,
	PRIMARY KEY (indicator, month, area, day)
);

CREATE TABLE fact_revision (
	indicator integer NOT NULL,
	month integer NOT NULL,
	area integer NOT NULL,
	day integer NOT NULL,
	as_of integer NOT NULL,
	value double precision,
	source integer,
	rule integer NOT NULL,
	marks integer NOT NULL,
	reporting integer,
	expected integer,
	PRIMARY KEY (indicator, month, area, day, as_of)
);

CREATE TABLE claim (
	indicator integer NOT NULL,
	month integer NOT NULL,
	area integer NOT NULL,
	day integer NOT NULL,
	source integer NOT NULL,
	as_of integer NOT NULL,
	file integer NOT NULL,
	line integer NOT NULL,
	value double precision NOT NULL,
	marks integer NOT NULL,
	PRIMARY KEY (indicator, month, area, day, source, as_of, file)
);

CREATE TABLE facility (
	id integer PRIMARY KEY,
	code text NOT NULL UNIQUE,
	kind text NOT NULL CHECK (kind IN ('hospital', 'laboratory')),
	name text NOT NULL,
	area integer NOT NULL REFERENCES area (id),
	class text,
	lat double precision,
	lng double precision
);

CREATE TABLE facility_report (
	month integer NOT NULL,
	facility integer NOT NULL,
	day integer NOT NULL,
	as_of integer NOT NULL,
	file integer NOT NULL,
	beds integer,
	beds_occupied integer,
	icu_beds integer,
	icu_occupied integer,
	ventilators integer,
	ventilators_used integer,
	patients_confirmed integer,
	admissions integer,
	stock_gown integer,
	stock_respirator integer,
	stock_mask integer,
	stock_gloves integer,
	stock_face_shield integer,
	stock_oxygen_m3 integer,
	capacity integer,
	specimens_received integer,
	tests_done integer,
	backlog integer,
	stock_reagent integer,
	stock_vtm integer,
	PRIMARY KEY (month, facility, day)
);
CREATE INDEX facility_report_file ON facility_report (file);

-- What a facility had stated for a day before it stated something newer.
CREATE TABLE facility_report_replaced (LIKE facility_report);

-- Which BPS code is which Kemendagri code, as imported.
CREATE TABLE code_bridge (
	bps text PRIMARY KEY,
	kemendagri text NOT NULL
);

-- The days that a source speaks of, as its files made known: from this the silence of an area is told.
CREATE TABLE source_span (
	source integer NOT NULL,
	indicator integer NOT NULL,
	as_of integer NOT NULL,
	first_day integer NOT NULL,
	last_day integer NOT NULL,
	PRIMARY KEY (source, indicator, as_of)
);

-- The areas that a source has ever spoken of.
CREATE TABLE source_area (
	source integer NOT NULL,
	area integer NOT NULL,
	PRIMARY KEY (source, area)
);

-- Areas to reconcile before the next publication.
CREATE TABLE touched (area integer PRIMARY KEY);

-- Reference rows changed since the last publication: the table and the key of the row (for 'file' also all that came with the file).
CREATE TABLE dirty (
	kind text NOT NULL,
	id text NOT NULL,
	PRIMARY KEY (kind, id)
);

-- What reconciliation last wrote for a month of a series, as a hash: an unchanged month is not read or written again.
CREATE TABLE reconciled (
	area integer NOT NULL,
	indicator integer NOT NULL,
	month integer NOT NULL,
	hash text NOT NULL,
	PRIMARY KEY (area, indicator, month)
);
