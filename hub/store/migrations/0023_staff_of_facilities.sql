-- Who looked after patients with COVID-19, or examined specimens, on a day, and whom the facility says that it needed. Null: not stated.
ALTER TABLE facility_report
	ADD COLUMN doctors integer,
	ADD COLUMN doctors_needed integer,
	ADD COLUMN nurses integer,
	ADD COLUMN nurses_needed integer,
	ADD COLUMN other_workers integer,
	ADD COLUMN other_workers_needed integer,
	ADD COLUMN laboratory_staff integer,
	ADD COLUMN laboratory_staff_needed integer;
