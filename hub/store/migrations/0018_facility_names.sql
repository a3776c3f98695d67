-- Under which other name, and in which area, a source without codes speaks of a facility: decided by a person.
ALTER TABLE facility_entry
	ADD COLUMN other_name text,
	ADD COLUMN other_area integer REFERENCES area (id);
