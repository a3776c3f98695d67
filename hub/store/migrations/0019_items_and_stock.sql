-- Items of the catalogue as reference data, each change a version of its own, and what sheets of stock say of them.

CREATE TABLE item (
	id text NOT NULL,
	version integer NOT NULL,
	at bigint,
	person text,
	reason text NOT NULL,
	body text NOT NULL,
	PRIMARY KEY (id, version)
);

-- A line of a sheet (LPLPO): one item at one facility on the day of the count. Only ever added, as reports of facilities are.
CREATE TABLE stock_line (
	month integer NOT NULL,
	day integer NOT NULL,
	facility integer NOT NULL,
	item text NOT NULL,
	as_of integer NOT NULL,
	file integer NOT NULL,
	line integer NOT NULL,
	first_day integer NOT NULL,
	opening double precision,
	received double precision,
	used double precision,
	closing double precision,
	in_transit double precision,
	requested double precision,
	PRIMARY KEY (month, day, facility, item, as_of, file)
);
CREATE INDEX stock_line_file ON stock_line (file);

CREATE TABLE stock_lot (
	month integer NOT NULL,
	day integer NOT NULL,
	facility integer NOT NULL,
	item text NOT NULL,
	as_of integer NOT NULL,
	file integer NOT NULL,
	lot text NOT NULL,
	units double precision NOT NULL,
	expires integer,
	PRIMARY KEY (month, day, facility, item, as_of, file, lot)
);
CREATE INDEX stock_lot_file ON stock_lot (file);

-- What a person decided of a count that is doubtful: the newest applies, for as long as the count is the one that was looked at.
CREATE TABLE stock_decision (
	month integer NOT NULL,
	day integer NOT NULL,
	facility integer NOT NULL,
	item text NOT NULL,
	number integer NOT NULL,
	at bigint NOT NULL,
	person text NOT NULL,
	verdict text NOT NULL CHECK (verdict IN ('accepted', 'refused', 'open')),
	stated double precision NOT NULL,
	value double precision,
	reason text NOT NULL,
	PRIMARY KEY (month, day, facility, item, number)
);
