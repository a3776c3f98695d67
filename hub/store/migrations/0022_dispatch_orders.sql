-- Orders to send supplies from a warehouse. An order is the list of its steps, which are only ever added: what it stands at is told from them.
CREATE TABLE dispatch_order (
	-- Given by whoever drafted it, so that it can be spoken of before the hub has heard of it.
	id text PRIMARY KEY,
	-- With the year and the warehouse the number on its papers.
	serial integer NOT NULL,
	year integer NOT NULL,
	-- Numbers of facilities: the warehouse that gives, and who is given to.
	from_facility integer NOT NULL REFERENCES facility_number (id),
	to_facility integer NOT NULL REFERENCES facility_number (id),
	handover text NOT NULL CHECK (handover IN ('pushed', 'fetched')),
	carriage text NOT NULL CHECK (carriage IN ('road', 'sea', 'air')),
	-- Address of the plan that it was made from; null: it was written by hand.
	plan text,
	UNIQUE (from_facility, year, serial)
);

CREATE TABLE dispatch_step (
	order_id text NOT NULL REFERENCES dispatch_order (id),
	number integer NOT NULL,
	kind text NOT NULL,
	day integer NOT NULL,
	at bigint NOT NULL,
	person text NOT NULL,
	display text NOT NULL,
	-- JSON by kind, as core/logistics/order has it: {"lines": …} or {"lots": …, "due": …}
	content text NOT NULL,
	note text NOT NULL,
	-- The command that did it; the trail has it whole.
	command uuid NOT NULL,
	PRIMARY KEY (order_id, number)
);
CREATE TRIGGER dispatch_step_only_added BEFORE UPDATE OR DELETE ON dispatch_step
	FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
