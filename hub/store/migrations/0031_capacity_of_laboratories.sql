-- What the capacity of a laboratory is made of, as it states it for a day. Null: not stated.
ALTER TABLE facility_report
	ADD COLUMN extraction integer,
	ADD COLUMN pcr_machines integer,
	ADD COLUMN pcr_runs integer,
	ADD COLUMN specimens_per_worker integer;
