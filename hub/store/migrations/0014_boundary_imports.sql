-- Every import of boundaries, and what it took the place of, so that the last one can be undone.
CREATE TABLE boundary_import (
	number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	at bigint NOT NULL,
	level text NOT NULL,
	file text NOT NULL,
	source text NOT NULL,
	licence text NOT NULL,
	done text NOT NULL,
	-- JSON list of what differed, in words.
	differences text NOT NULL,
	undone bigint
);

-- A row without a topology stands for one that was not there.
CREATE TABLE geography_before (
	import integer NOT NULL REFERENCES boundary_import (number) ON DELETE CASCADE,
	id text NOT NULL,
	source text,
	licence text,
	topojson text,
	PRIMARY KEY (import, id)
);
