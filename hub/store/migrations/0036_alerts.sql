-- Rules by which workstations raise alerts, each change a version of its own that decides from a day on, and what persons made of alerts.

CREATE TABLE alert_rule (
	rule text NOT NULL,
	version integer NOT NULL,
	from_day integer,
	at bigint,
	person text,
	reason text NOT NULL,
	body text NOT NULL,
	PRIMARY KEY (rule, version)
);

-- Only ever added: the newest number of an alert (rule, area and day on which it was raised) says how it stands.
CREATE TABLE alert_state (
	rule text NOT NULL,
	area integer NOT NULL,
	day integer NOT NULL,
	number integer NOT NULL,
	at bigint NOT NULL,
	person text NOT NULL,
	reason text NOT NULL,
	change text NOT NULL,
	standing text NOT NULL,
	seen text NOT NULL,
	PRIMARY KEY (rule, area, day, number)
);

-- The rules are everybody's; what persons of one province did is no matter of another.
ALTER TABLE alert_state ENABLE ROW LEVEL SECURITY;
CREATE POLICY province ON alert_state FOR SELECT USING (area IN (SELECT read_areas()));
